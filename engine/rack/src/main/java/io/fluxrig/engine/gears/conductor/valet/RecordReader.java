package io.fluxrig.engine.gears.conductor.valet;

import io.fluxrig.perf.buffer.Bytes;
import java.util.Arrays;

/**
 * Reads what {@link RecordWriter} wrote. A record that ends too soon is an {@link IndexOutOfBoundsException}: its seal was sound, so
 * another version wrote it.
 */
final class RecordReader {
    private final byte[] bytes;
    private int at;

    RecordReader(byte[] bytes) {
        this.bytes = bytes;
    }

    int number() {
        return bytes[at++] & 0xFF;
    }

    int integer() {
        at += Integer.BYTES;
        return Bytes.intBe(bytes, at - Integer.BYTES);
    }

    long longNumber() {
        at += Long.BYTES;
        return Bytes.longBe(bytes, at - Long.BYTES);
    }

    /** Null where none was written. */
    String text() {
        int length = character();
        if (length == RecordWriter.NO_TEXT) {
            return null;
        }
        StringBuilder text = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            text.append((char) character());
        }
        return text.toString();
    }

    byte[] bytes() {
        int length = integer();
        if (length < 0 || length > bytes.length - at) {
            throw new IndexOutOfBoundsException("length=" + length + " left=" + (bytes.length - at));
        }
        at += length;
        return Arrays.copyOfRange(bytes, at - length, at);
    }

    private int character() {
        at += Short.BYTES;
        return Bytes.shortBe(bytes, at - Short.BYTES) & 0xFFFF;
    }
}
