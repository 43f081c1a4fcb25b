package io.fluxrig.iso.packager;

import io.fluxrig.iso.codec.FieldPath;
import io.fluxrig.iso.codec.IsoCodec;
import io.fluxrig.iso.codec.IsoMessage;
import io.fluxrig.iso.dialect.Dialect;
import io.fluxrig.iso.dialect.Dialects;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import org.jpos.iso.ISOException;
import org.jpos.iso.ISOMsg;
import org.jpos.iso.packager.GenericPackager;

/** One packager file in two libraries: jPOS's own GenericPackager, and our codec by way of the importer. */
final class JposPeer {
    static final HexFormat HEX = HexFormat.of().withUpperCase();

    private static final String HEAD = """
            <?xml version="1.0" encoding="UTF-8"?>
            <!DOCTYPE isopackager PUBLIC "-//jPOS/jPOS Generic Packager DTD 1.0//EN"
                "http://jpos.org/dtd/generic-packager-1.0.dtd">
            <isopackager>
            <isofield id="0" length="4" name="mti" class="org.jpos.iso.IFA_NUMERIC"/>
            <isofield id="1" length="16" name="bitmap" class="org.jpos.iso.IFB_BITMAP"/>
            """;

    final String xml;
    final Dialect dialect;
    final IsoCodec codec;
    final IsoMessage message = new IsoMessage();
    private final GenericPackager packager;
    private final byte[] out = new byte[65_536];

    /** A packager of these elements, behind an MTI and a bitmap. */
    JposPeer(String fields) throws ISOException {
        xml = HEAD + fields + "</isopackager>\n";
        byte[] file = xml.getBytes(StandardCharsets.UTF_8);
        packager = new GenericPackager(new ByteArrayInputStream(file));
        dialect = Dialects.read("peer.xml", file);
        codec = new IsoCodec(dialect.load().orThrow().wire());
    }

    static String field(String id, String type, int length, boolean pad) {
        return "<isofield id=\"" + id + "\" name=\"f\" length=\"" + length + "\" class=\"org.jpos.iso." + type
                + "\" pad=\"" + pad + "\"/>\n";
    }

    /** What jPOS writes; values that begin with {@code #} are bytes in hex. Paths have one or two numbers. */
    byte[] packed(Map<String, String> values) throws ISOException {
        ISOMsg request = new ISOMsg();
        request.setPackager(packager);
        request.setMTI("0100");
        for (Map.Entry<String, String> value : values.entrySet()) {
            if (value.getValue().startsWith("#")) {
                request.set(value.getKey(), HEX.parseHex(value.getValue().substring(1)));
            } else {
                request.set(value.getKey(), value.getValue());
            }
        }
        return request.pack();
    }

    /** What jPOS reads at a path, bytes in hex. */
    String unpacked(byte[] wire, String path) throws ISOException {
        ISOMsg read = new ISOMsg();
        read.setPackager(packager);
        read.unpack(wire);
        Object value = read.getValue(path);
        return value instanceof byte[] bytes ? HEX.formatHex(bytes) : (String) value;
    }

    /** What we read at a path, or what we refuse. */
    String decoded(byte[] wire, String path) {
        int used = codec.decode(wire, 0, wire.length, message);
        return used == wire.length ? message.text(FieldPath.parse(path)) : used + " " + codec.error();
    }

    /** What we write, or what we refuse. */
    String encoded(Map<String, String> values) {
        IsoMessage made = new IsoMessage();
        made.setMti(100);
        values.forEach((path, value) ->
                made.setAscii(FieldPath.parse(path), value.startsWith("#") ? value.substring(1) : value));
        int length = codec.encode(made, out, 0);
        return length < 0 ? codec.error().toString() : HEX.formatHex(Arrays.copyOf(out, length));
    }
}
