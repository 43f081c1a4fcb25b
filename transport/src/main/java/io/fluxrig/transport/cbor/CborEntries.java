package io.fluxrig.transport.cbor;

import java.util.Arrays;

/**
 * Map entries that somebody else's system put there and that must come out as they went in: encoded keys and values, in the
 * order of their keys. Keeps its own copy of the bytes; one thread; allocates only while it grows.
 */
public final class CborEntries {
    /** Entries kept for one map. */
    public static final int COUNT_MAX = 256;

    /** Bytes kept for one map. */
    public static final int BYTES_MAX = 1 << 20;

    private byte[] bytes = new byte[0];
    private int[] bounds = new int[0];
    private int used;
    private int count;

    public void clear() {
        Arrays.fill(bytes, 0, used, (byte) 0);
        used = 0;
        count = 0;
    }

    public int count() {
        return count;
    }

    /**
     * Appends one entry; its key is above those added before.
     *
     * @param keyStart offset of the encoded key
     * @param valueStart offset of the encoded value, right behind the key
     * @param end offset behind the value
     * @return {@link CborFault#NONE} or {@link CborFault#TOO_LARGE}
     */
    public int add(byte[] src, int keyStart, int valueStart, int end) {
        int length = end - keyStart;
        if (count == COUNT_MAX || length > BYTES_MAX - used) {
            return CborFault.TOO_LARGE;
        }
        grow(length);
        System.arraycopy(src, keyStart, bytes, used, length);
        bounds[2 * count] = used;
        bounds[2 * count + 1] = used + valueStart - keyStart;
        used += length;
        count++;
        return CborFault.NONE;
    }

    /** Writes the entries from {@code index} on whose keys come before {@code key}; returns the first that does not. */
    public int writeBefore(byte[] key, int index, CborWriter out) {
        int next = index;
        while (next < count
                && Arrays.compareUnsigned(bytes, bounds[2 * next], bounds[2 * next + 1], key, 0, key.length) < 0) {
            write(next++, out);
        }
        return next;
    }

    /** Writes the entries from {@code index} on. */
    public void writeFrom(int index, CborWriter out) {
        for (int next = index; next < count; next++) {
            write(next, out);
        }
    }

    public void copyFrom(CborEntries other) {
        clear();
        for (int i = 0; i < other.count; i++) {
            add(other.bytes, other.bounds[2 * i], other.bounds[2 * i + 1], other.end(i));
        }
    }

    private void write(int index, CborWriter out) {
        out.encoded(bytes, bounds[2 * index], end(index) - bounds[2 * index]);
    }

    private int end(int index) {
        return index + 1 < count ? bounds[2 * index + 2] : used;
    }

    private void grow(int length) {
        if (used + length > bytes.length) {
            byte[] outgrown = bytes;
            bytes = Arrays.copyOf(outgrown, Math.max(used + length, 2 * outgrown.length));
            Arrays.fill(outgrown, (byte) 0);
        }
        if (2 * count == bounds.length) {
            bounds = Arrays.copyOf(bounds, Math.max(16, 2 * bounds.length));
        }
    }
}
