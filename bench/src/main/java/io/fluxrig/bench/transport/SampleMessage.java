package io.fluxrig.bench.transport;

import io.fluxrig.engine.message.IsoPayload;
import io.fluxrig.iso.codec.IsoCodec;
import io.fluxrig.iso.spec.Spec;
import io.fluxrig.iso.spec.SpecLoader;
import io.fluxrig.transport.cbor.CborWriter;
import io.fluxrig.transport.msg.FluxMsg;
import io.fluxrig.transport.msg.MetaKey;
import io.fluxrig.transport.msg.Payload;
import java.nio.charset.StandardCharsets;

/** An authorization of 17 fields in ASCII as a rack carries it: metadata of seven keys, payload, wire bytes, two hops. */
public final class SampleMessage {
    static final Spec SPEC = SpecLoader.load(
                    "bench",
                    "spec: { id: bench, version: 1.0.0, wire: { source: 'moov:spec87ascii' } }"
                            .getBytes(StandardCharsets.UTF_8))
            .orThrow();

    private static final String[] FIELDS = {
        "2=4111110000001111",
        "3=000000",
        "4=000000012345",
        "7=0131120000",
        "11=000042",
        "12=120000",
        "13=0131",
        "14=2912",
        "18=5411",
        "22=051",
        "25=00",
        "32=123456",
        "37=103112000042",
        "41=TERM0001",
        "42=MERCHANT0000001",
        "43=SOME SHOP AT A CORNER      SOMEWHERE  NL",
        "49=978"
    };

    private SampleMessage() {}

    /** A payload whose values lie ready, as the strings of a mapped record do. */
    static final class Ready implements Payload {
        private final long[] keys = new long[FIELDS.length];
        private final int[] keyLengths = new int[FIELDS.length];
        private final int[] ends = new int[FIELDS.length];
        private final byte[] values = new byte[512];

        Ready() {
            int end = 0;
            for (int i = 0; i < FIELDS.length; i++) {
                int equals = FIELDS[i].indexOf('=');
                keys[i] = 0x60 | equals;
                for (int at = 0; at < equals; at++) {
                    keys[i] = keys[i] << 8 | FIELDS[i].charAt(at);
                }
                keyLengths[i] = 1 + equals;
                byte[] value = FIELDS[i].substring(equals + 1).getBytes(StandardCharsets.US_ASCII);
                System.arraycopy(value, 0, values, end, value.length);
                end += value.length;
                ends[i] = end;
            }
        }

        @Override
        public boolean derivedFromRaw() {
            return false;
        }

        @Override
        public void writeTo(CborWriter out) {
            out.map(1);
            out.text("iso8583");
            out.map(keys.length + 1);
            int start = 0;
            for (int i = 0; i < keys.length; i++) {
                out.packed(keys[i], keyLengths[i]);
                out.latin1(values, start, ends[i] - start);
                start = ends[i];
            }
            out.text("mti");
            out.text("0100");
        }

        @Override
        public Payload copyInto(Payload spare) {
            return this;
        }
    }

    /** The wire bytes. */
    static byte[] wire() {
        IsoPayload made = new IsoPayload();
        made.message().setMti(100);
        for (String field : FIELDS) {
            int equals = field.indexOf('=');
            made.message().setAscii(Integer.parseInt(field.substring(0, equals)), field.substring(equals + 1));
        }
        byte[] wire = new byte[1024];
        int length = new IsoCodec(SPEC.wire()).encode(made.message(), wire, 0);
        if (length < 0) {
            throw new IllegalStateException("sample does not encode: " + length);
        }
        byte[] exact = new byte[length];
        System.arraycopy(wire, 0, exact, 0, length);
        return exact;
    }

    /** The message just after it was decoded. */
    public static FluxMsg decoded() {
        byte[] wire = wire();
        IsoPayload payload = new IsoPayload();
        new IsoCodec(SPEC.wire()).decode(wire, 0, wire.length, payload.message());
        payload.spec(SPEC);
        FluxMsg message = new FluxMsg();
        message.id(123_456_789_012_345L);
        message.srcId(1);
        message.tsEpochNs(1_767_225_600_000_000_000L);
        message.trace(0x0af7651916cd43ddL, 0x8448eb211c80319cL);
        message.meta().set(MetaKey.CONN_ID, 72_057_594_037_927_942L);
        message.meta().set(MetaKey.PEER_IP, "10.20.30.40");
        message.meta().set(MetaKey.PEER_PORT, 40_123);
        message.meta().set(MetaKey.FLUXRIG_SOURCE, "terminals");
        message.meta().set(MetaKey.ISO_MTI, "0100");
        message.meta().set(MetaKey.CODEC_SPEC_ID, SPEC.id());
        message.meta().set(MetaKey.CODEC_SPEC_HASH, SPEC.shortHash());
        message.path().add(0, 0, 1_767_225_600_000_000_000L);
        message.path().add(1, 0, 1_767_225_600_000_001_000L);
        message.raw(wire, 0, wire.length);
        message.payload(payload);
        return message;
    }
}
