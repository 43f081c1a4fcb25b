package io.fluxrig.transport.cbor;

import java.util.Arrays;

/**
 * The maps that a {@link CborWriter} has open: where each began, where its entries begin, and their order. An entry ends where
 * the next begins.
 */
final class MapOrder {
    static final int ENTRIES_MAX = 1 << 14;

    private final int[] mapStarts = new int[CborReader.DEPTH_MAX];
    private final int[] firstEntries = new int[CborReader.DEPTH_MAX];
    private int[] entries = new int[256];
    private long[] ranges = new long[0];
    private byte[] space = new byte[0];
    private int depth;
    private int entryCount;

    void clear() {
        depth = 0;
        entryCount = 0;
    }

    int depth() {
        return depth;
    }

    boolean open(int start) {
        if (depth == mapStarts.length) {
            return false;
        }
        mapStarts[depth] = start;
        firstEntries[depth++] = entryCount;
        return true;
    }

    boolean entry(int start) {
        if (entryCount == entries.length) {
            if (entryCount >= ENTRIES_MAX) {
                return false;
            }
            entries = Arrays.copyOf(entries, 2 * entryCount);
        }
        entries[entryCount++] = start;
        return true;
    }

    int mapStart() {
        return mapStarts[depth - 1];
    }

    int count() {
        return entryCount - firstEntries[depth - 1];
    }

    void close() {
        entryCount = firstEntries[--depth];
    }

    /** Puts the entries of the innermost map in order, {@link CborFault#KEY_ORDER} if a key is there twice. */
    int sort(byte[] bytes, int end) {
        int first = firstEntries[depth - 1];
        for (int i = first + 1; i < entryCount; i++) {
            int compared = compareKeys(bytes, entries[i - 1], entries[i]);
            if (compared == 0) {
                return CborFault.KEY_ORDER;
            }
            if (compared > 0) {
                return reorder(bytes, first, end);
            }
        }
        return CborFault.NONE;
    }

    /** Binary insertion, since maps here are small and mostly in order; then one pass over the bytes. */
    private int reorder(byte[] bytes, int first, int end) {
        int count = entryCount - first;
        if (ranges.length < count) {
            ranges = new long[Math.max(count, 2 * ranges.length)];
        }
        for (int i = 0; i < count; i++) {
            int start = entries[first + i];
            int entryEnd = i + 1 < count ? entries[first + i + 1] : end;
            int at = place(bytes, i, start);
            if (at < 0) {
                return CborFault.KEY_ORDER;
            }
            System.arraycopy(ranges, at, ranges, at + 1, i - at);
            ranges[at] = (long) start << 32 | entryEnd;
        }
        move(bytes, entries[first], end, count);
        return CborFault.NONE;
    }

    /** Where among the first {@code count} ranges the entry belongs, -1 if its key is there. */
    private int place(byte[] bytes, int count, int start) {
        int low = 0;
        int high = count;
        while (low < high) {
            int middle = (low + high) >>> 1;
            int compared = compareKeys(bytes, (int) (ranges[middle] >>> 32), start);
            if (compared == 0) {
                return -1;
            }
            if (compared < 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private void move(byte[] bytes, int from, int end, int count) {
        int length = end - from;
        if (space.length < length) {
            space = new byte[Math.max(length, 2 * space.length)];
        }
        System.arraycopy(bytes, from, space, 0, length);
        int at = from;
        for (int i = 0; i < count; i++) {
            int start = (int) (ranges[i] >>> 32);
            int entryLength = (int) ranges[i] - start;
            System.arraycopy(space, start - from, bytes, at, entryLength);
            at += entryLength;
        }
        Arrays.fill(space, 0, length, (byte) 0);
    }

    /** Compares keys by their encoded bytes; keys are whole items, so two that differ do so before either ends. */
    private static int compareKeys(byte[] bytes, int left, int right) {
        int length = keyLength(bytes, left);
        for (int i = 0; i < length; i++) {
            if (bytes[left + i] != bytes[right + i]) {
                return Byte.compareUnsigned(bytes[left + i], bytes[right + i]);
            }
        }
        return 0;
    }

    /** Length of a key that is a text or a number, the only keys that {@link CborWriter} is asked for. */
    private static int keyLength(byte[] bytes, int start) {
        int info = bytes[start] & 0x1F;
        int major = bytes[start] >> 5 & 7;
        int headLength = info < 24 ? 1 : 1 + (1 << info - 24);
        if (major != CborType.TEXT && major != CborType.BYTES) {
            return headLength;
        }
        int length = info < 24 ? info : 0;
        for (int i = 1; i < headLength; i++) {
            length = length << 8 | bytes[start + i] & 0xFF;
        }
        return headLength + length;
    }
}
