package io.fluxrig.iso.codec;

import io.fluxrig.perf.buffer.Bytes;

/**
 * The bytes of one message: as they came, and behind them the values set. Grows and never shrinks; an array outgrown is
 * zeroed before it is let go.
 */
final class Arena {

    /** Bytes kept free behind the values, so that checks may load eight at a time. */
    private static final int SLACK = 8;

    byte[] bytes = new byte[1024];
    private int end;
    private int usedMax;

    void clear() {
        end = 0;
    }

    /** Zeroes all that was held since this was last called. */
    void wipe() {
        Bytes.wipe(bytes, 0, usedMax);
        usedMax = 0;
        end = 0;
    }

    /** Takes in the bytes of a message, in place of what was there. */
    byte[] load(byte[] src, int offset, int length) {
        end = 0;
        grow(length);
        System.arraycopy(src, offset, bytes, 0, length);
        use(length);
        return bytes;
    }

    /** Room for so many bytes more; returns where it begins. */
    int append(int length) {
        int at = end;
        grow(end + length);
        use(end + length);
        return at;
    }

    void copyFrom(Arena other) {
        load(other.bytes, 0, other.end);
    }

    private void use(int newEnd) {
        end = newEnd;
        usedMax = Math.max(usedMax, newEnd);
    }

    private void grow(int length) {
        if (length + SLACK > bytes.length) {
            byte[] old = bytes;
            bytes = new byte[Math.max(length + SLACK, old.length * 2)];
            System.arraycopy(old, 0, bytes, 0, end);
            Bytes.wipe(old);
        }
    }
}
