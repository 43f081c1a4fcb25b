package io.fluxrig.engine.gears.conductor.valet;

import java.util.Arrays;

/** Longs, the last first out. One thread; allocates while it grows. */
final class LongList {
    private long[] values = new long[16];
    private int count;

    int count() {
        return count;
    }

    void add(long value) {
        if (count == values.length) {
            values = Arrays.copyOf(values, count * 2);
        }
        values[count++] = value;
    }

    long last() {
        return values[count - 1];
    }

    void removeLast() {
        count--;
    }

    long[] toArray() {
        return Arrays.copyOf(values, count);
    }
}
