package io.fluxrig.engine.gears.conductor.valet;

import io.fluxrig.perf.buffer.Bytes;

/** Writes a record's values one after the other. What does not fit is noticed at the end. Strip thread only; allocates nothing. */
final class RecordWriter {
    /** Stands for a text that is not there. */
    static final int NO_TEXT = 0xFFFF;

    private static final int CHAR_BYTES = 2;

    private final byte[] bytes;
    private int length;
    private int used;
    private boolean tooLong;

    RecordWriter(int lengthMax) {
        bytes = new byte[lengthMax];
    }

    RecordWriter begin(int kind) {
        length = 0;
        tooLong = false;
        return number(kind, 1);
    }

    /** A number in so many bytes: 1, 2, 4 or 8. */
    RecordWriter number(long value, int size) {
        if (fits(size)) {
            for (int i = 0; i < size; i++) {
                bytes[length + i] = (byte) (value >>> (size - 1 - i) * Byte.SIZE);
            }
            length += size;
        }
        return this;
    }

    /** A short text, or null. */
    RecordWriter text(String text) {
        if (text == null) {
            return number(NO_TEXT, 2);
        }
        number(text.length(), 2);
        if (text.length() < NO_TEXT && fits(text.length() * CHAR_BYTES)) {
            for (int i = 0; i < text.length(); i++) {
                Bytes.putShortBe(bytes, length + i * CHAR_BYTES, text.charAt(i));
            }
            length += text.length() * CHAR_BYTES;
        }
        return this;
    }

    RecordWriter bytes(byte[] from, int offset, int count) {
        number(count, 4);
        if (count > 0 && fits(count)) {
            System.arraycopy(from, offset, bytes, length, count);
            length += count;
        }
        return this;
    }

    /** Bytes written; negative if they did not fit. */
    int length() {
        used = Math.max(used, length);
        return tooLong ? -1 : length;
    }

    byte[] bytes() {
        return bytes;
    }

    /** Zeroes what was written. */
    void wipe() {
        Bytes.wipe(bytes, 0, used);
        used = 0;
    }

    private boolean fits(int count) {
        tooLong |= bytes.length - length < count;
        return !tooLong;
    }
}
