package io.fluxrig.engine.message;

import io.fluxrig.iso.codec.FieldVisitor;
import io.fluxrig.iso.codec.IsoMessage;
import io.fluxrig.transport.cbor.CborKey;
import io.fluxrig.transport.cbor.CborWriter;

/**
 * Writes an ISO 8583 message as the map of {@code data}. Fields come in ascending order, which is also the order of their
 * keys in deterministic CBOR; the MTI, which comes first, is written last. Allocates nothing; one thread.
 */
final class IsoDataWriter implements FieldVisitor {
    private static final CborKey ISO8583 = CborKey.of("iso8583");
    private static final CborKey MTI = CborKey.of("mti");
    private static final int MTI_LENGTH_MAX = 16;

    /** The keys of fields as encoded CBOR text, by number, in the low bytes. */
    private static final long[] FIELD_KEYS = new long[193];

    static {
        for (int field = 1; field < FIELD_KEYS.length; field++) {
            String digits = Integer.toString(field);
            long packed = 0x60 | digits.length();
            for (int i = 0; i < digits.length(); i++) {
                packed = packed << 8 | digits.charAt(i);
            }
            FIELD_KEYS[field] = packed;
        }
    }

    private final byte[] key = new byte[Key.LENGTH_MAX];
    private final byte[] mti = new byte[MTI_LENGTH_MAX];
    private CborWriter out;

    /** Faults stay with the writer. */
    void write(IsoMessage message, CborWriter to) {
        out = to;
        out.map(1);
        out.key(ISO8583);
        int length = message.length(0);
        boolean hasMti = length > 0 && length <= MTI_LENGTH_MAX;
        out.map(fields(message) + (hasMti ? 1 : 0));
        message.walk(this);
        if (hasMti) {
            message.copyTo(0, mti, 0);
            out.key(MTI);
            out.latin1(mti, 0, length);
        }
        out = null;
    }

    @Override
    public void text(Key name, byte[] value, int offset, int length) {
        if (name.field() != 0) {
            writeKey(name);
            out.latin1(value, offset, length);
        }
    }

    @Override
    public void bytes(Key name, byte[] value, int offset, int length) {
        if (name.field() != 0) {
            writeKey(name);
            out.bytes(value, offset, length);
        }
    }

    @Override
    public void beginTree(Key name) {
        writeKey(name);
        out.openMap();
    }

    @Override
    public void endTree() {
        out.closeMap();
    }

    private static int fields(IsoMessage message) {
        int count = 0;
        for (int field = message.nextField(0); field > 0; field = message.nextField(field)) {
            count++;
        }
        return count;
    }

    private void writeKey(Key name) {
        if (name.field() > 0) {
            int field = name.field();
            out.packed(FIELD_KEYS[field], field < 10 ? 2 : field < 100 ? 3 : 4);
            return;
        }
        out.entry();
        int length = name.copyTo(key, 0);
        out.text(key, 0, length);
    }
}
