package io.fluxrig.engine.message;

import io.fluxrig.iso.codec.FieldVisitor;
import io.fluxrig.iso.codec.IsoMessage;
import io.fluxrig.transport.cbor.CborWriter;

/**
 * Writes the fields of a message as the CBOR of {@code data}.
 *
 * <pre>
 *   {"iso8583": {"2": "...", "55": {"82": h'1980', "9F02": "000000001000"}, "mti": "0100"}}
 * </pre>
 *
 * Text is text, raw bytes are a byte string, composites are maps. Holds the writer only during a call. One strip's thread.
 */
final class CborFields implements FieldVisitor {
    private static final int KEY_LENGTH_MAX = 8;

    private final byte[] keyText = new byte[KEY_LENGTH_MAX];
    private CborWriter out;

    void write(IsoMessage message, CborWriter writer) {
        out = writer;
        out.map(1);
        out.text("iso8583");
        out.openMap();
        message.walk(this);
        out.closeMap();
        out = null;
    }

    @Override
    public void text(Key key, byte[] value, int offset, int length) {
        entry(key);
        out.latin1(value, offset, length);
    }

    @Override
    public void bytes(Key key, byte[] value, int offset, int length) {
        entry(key);
        out.bytes(value, offset, length);
    }

    @Override
    public void beginTree(Key key) {
        entry(key);
        out.openMap();
    }

    @Override
    public void endTree() {
        out.closeMap();
    }

    private void entry(Key key) {
        out.entry();
        int length = key.copyTo(keyText, 0);
        out.text(keyText, 0, length);
    }
}
