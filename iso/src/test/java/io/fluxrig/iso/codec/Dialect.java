package io.fluxrig.iso.codec;

import io.fluxrig.iso.wire.BitmapSpec;
import io.fluxrig.iso.wire.CharClass;
import io.fluxrig.iso.wire.Encoding;
import io.fluxrig.iso.wire.Prefix;
import io.fluxrig.iso.wire.WireField;
import io.fluxrig.iso.wire.WireSpec;
import io.fluxrig.iso.wire.WireType;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * A small dialect under test: MTI in ASCII, a binary bitmap, and the fields given. What it decodes and encodes is written
 * in hex; {@code 0100} and the bitmap are put ahead of the fields' bytes.
 */
final class Dialect {

    static final WireField MTI = WireField.fixed("mti", WireType.NUMERIC, Encoding.ASCII, 4, CharClass.N);
    static final Prefix LL = Prefix.of(Encoding.ASCII, 2);
    static final Prefix LLL = Prefix.of(Encoding.ASCII, 3);

    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    final IsoCodec codec;
    final IsoMessage message = new IsoMessage();
    private final byte[] out = new byte[4096];

    Dialect(WireSpec spec) {
        codec = new IsoCodec(spec);
    }

    static Dialect of(WireField... fields) {
        return new Dialect(spec(fields));
    }

    static WireSpec spec(WireField... fields) {
        Map<Integer, WireField> byNumber = new TreeMap<>();
        for (WireField field : fields) {
            byNumber.put(Integer.parseInt(field.key()), field);
        }
        return new WireSpec("test", MTI, BitmapSpec.secondary(Encoding.BINARY), byNumber);
    }

    static Map<String, WireField> parts(WireField... parts) {
        Map<String, WireField> byKey = new LinkedHashMap<>();
        for (WireField part : parts) {
            byKey.put(part.key(), part);
        }
        return byKey;
    }

    static WireField n(String key, int length) {
        return WireField.fixed(key, WireType.NUMERIC, Encoding.ASCII, length, CharClass.N);
    }

    static WireField ans(String key, Prefix prefix, int lengthMax) {
        return WireField.prefixed(key, WireType.STRING, Encoding.ASCII, prefix, lengthMax, CharClass.ANS);
    }

    static WireField binary(String key, Prefix prefix, int lengthMax) {
        return WireField.prefixed(key, WireType.BINARY, Encoding.BINARY, prefix, lengthMax, CharClass.ANY);
    }

    /** Hex of {@code 0100}, a primary bitmap of these fields, and the bytes behind it. */
    static String hex(String fieldBytes, int... fields) {
        long bits = 0;
        for (int field : fields) {
            bits |= Long.MIN_VALUE >>> field - 1;
        }
        return "30313030" + HEX.toHexDigits(bits) + fieldBytes.replace(" ", "");
    }

    /** ASCII text as hex. */
    static String text(String ascii) {
        return HEX.formatHex(ascii.getBytes(StandardCharsets.ISO_8859_1));
    }

    int decode(String hex) {
        byte[] wire = HEX.parseHex(hex.replace(" ", ""));
        return codec.decode(wire, 0, wire.length, message);
    }

    /** Decodes, and says what was refused. */
    String refusal(String hex) {
        int used = decode(hex);
        return used >= 0 ? "accepted " + used : codec.error().toString();
    }

    Dialect decoded(String hex) {
        if (decode(hex) < 0) {
            throw new AssertionError(codec.error().toString());
        }
        return this;
    }

    String value(String path) {
        return message.text(FieldPath.parse(path));
    }

    /** Encodes a message, and gives its hex or what was refused. */
    String encoded(IsoMessage from) {
        Arrays.fill(out, (byte) 0xEE);
        int length = codec.encode(from, out, 5);
        return length < 0 ? codec.error().toString() : HEX.formatHex(out, 5, 5 + length);
    }

    /** A fresh 0100 with these paths and values in turn. */
    static IsoMessage message(String... pathsAndValues) {
        IsoMessage made = new IsoMessage();
        made.setMti(100);
        for (int i = 0; i < pathsAndValues.length; i += 2) {
            made.setAscii(FieldPath.parse(pathsAndValues[i]), pathsAndValues[i + 1]);
        }
        return made;
    }
}
