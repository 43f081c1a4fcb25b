package io.fluxrig.perf.ring;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Carries records from exactly one producer thread to exactly one consumer thread, in order, off-heap, without a lock.
 *
 * <p>Shape: a record starts on a multiple of 8 and is never split; one that does not fit before the end of the memory is put
 * at its beginning behind a padding record.
 *
 * <pre>
 *   0                   1                   2                   3
 *   0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 *  +---------------------------------------------------------------+
 *  | length of the body in bytes, native order                     |
 *  +---------------------------------------------------------------+
 *  | type: 0 or more, the producer's; -1 padding                   |
 *  +---------------------------------------------------------------+
 *  | body ...                                                      |
 *  |                         ... 0 to 7 bytes up to a multiple of 8|
 *  +---------------------------------------------------------------+
 * </pre>
 *
 * <p>Positions count bytes since the ring was made and only rise: {@code head} up to where records are consumed, {@code
 * tail} up to where they are published. A record is visible when the release store of the tail says so, and its space is
 * free when the release store of the head says so; each side keeps a copy of the other's position and reads the shared one
 * only when the copy no longer helps. Consumed bytes are wiped before their space is freed, for they hold card data.
 *
 * <p>Threading: {@link #offer} by the producer, {@link #poll} by the consumer, the rest by anyone. Allocates nothing.
 */
public final class SpscRing extends RingPositions {

    /** {@link #offer}: the record is in the ring. */
    public static final int OK = 0;

    /** {@link #offer}: no room until the consumer has taken more; nothing was written. */
    public static final int FULL = -1;

    /** {@link #offer}: longer than {@link #recordLengthMax()}, it will never fit; nothing was written. */
    public static final int TOO_LONG = -2;

    /** Smallest and largest capacity. */
    public static final int CAPACITY_MIN = 256;

    public static final int CAPACITY_MAX = 1 << 30;

    static final int HEADER_LENGTH = 8;
    static final int ALIGNMENT = 8;
    static final int PADDING_TYPE = -1;

    private static final int LENGTH_OFFSET = 0;
    private static final int TYPE_OFFSET = 4;
    private static final byte[] ZEROS = new byte[4096];

    private final ByteBuffer memory;
    private final ByteBuffer readOnly;
    private final int capacityBytes;
    private final int mask;
    private final int recordLengthMax;

    /**
     * @param capacityBytes a power of two, {@link #CAPACITY_MIN} to {@link #CAPACITY_MAX}
     */
    public SpscRing(int capacityBytes) {
        if (Integer.bitCount(capacityBytes) != 1 || capacityBytes < CAPACITY_MIN || capacityBytes > CAPACITY_MAX) {
            throw new IllegalArgumentException("capacityBytes=" + capacityBytes + " must be a power of two, min="
                    + CAPACITY_MIN + " max=" + CAPACITY_MAX);
        }
        this.capacityBytes = capacityBytes;
        this.mask = capacityBytes - 1;
        this.recordLengthMax = capacityBytes / 8 - HEADER_LENGTH;
        this.memory = ByteBuffer.allocateDirect(capacityBytes).order(ByteOrder.nativeOrder());
        this.readOnly = memory.asReadOnlyBuffer().order(ByteOrder.nativeOrder());
    }

    /**
     * Copies one record in. Producer thread only.
     *
     * @param type zero or more, for the consumer to tell records apart
     * @return {@link #OK}, {@link #FULL} or {@link #TOO_LONG}
     * @throws IllegalArgumentException if the type is negative
     * @throws IndexOutOfBoundsException if {@code src} has no such range; nothing was published
     */
    public int offer(int type, byte[] src, int offset, int length) {
        if (type < 0) {
            throw new IllegalArgumentException("type=" + type + " min=0");
        }
        if (length > recordLengthMax) {
            return TOO_LONG;
        }
        int recordLength = aligned(length);
        long start = tail;
        int index = (int) start & mask;
        int toEnd = capacityBytes - index;
        int padding = recordLength > toEnd ? toEnd : 0;
        if (!hasRoom(start, padding + recordLength)) {
            return FULL;
        }
        int record = padding == 0 ? index : 0;
        memory.put(record + HEADER_LENGTH, src, offset, length);
        putHeader(record, length, type);
        if (padding != 0) {
            putHeader(index, padding - HEADER_LENGTH, PADDING_TYPE);
        }
        TAIL.setRelease(this, start + padding + recordLength);
        return OK;
    }

    /**
     * Hands the records waiting to {@code handler}, at most {@code limit}. Consumer thread only; the handler must not poll
     * this ring. The space of all of them is freed at the end, so a small limit helps a producer that waits.
     *
     * <p>If the handler throws, the record it was given counts as consumed and the exception goes to the caller.
     *
     * @return how many records were handed over; fewer than {@code limit} only if the ring was seen empty after the last, so a
     *     consumer may then sleep until it is woken
     */
    public int poll(RecordHandler handler, int limit) {
        long start = head;
        long position = start;
        int count = 0;
        try {
            while (count < limit && hasRecordAt(position)) {
                int index = (int) position & mask;
                int length = memory.getInt(index + LENGTH_OFFSET);
                int type = memory.getInt(index + TYPE_OFFSET);
                position += aligned(length);
                if (type != PADDING_TYPE) {
                    count++;
                    handler.onRecord(type, readOnly, index + HEADER_LENGTH, length);
                }
            }
        } finally {
            if (position != start) {
                wipe(start, position);
                HEAD.setRelease(this, position);
            }
        }
        return count;
    }

    /** Bytes in use with headers and padding: exact for producer and consumer when the other rests, else recent. */
    public long usedBytes() {
        long headNow = (long) HEAD.getAcquire(this);
        long tailNow = (long) TAIL.getAcquire(this);
        return Math.min(tailNow - headNow, capacityBytes);
    }

    /** Whether nothing waits; a record published meanwhile may be missed until the next look. */
    public boolean isEmpty() {
        return usedBytes() == 0;
    }

    /** Bytes of memory for records, headers and padding. */
    public int capacityBytes() {
        return capacityBytes;
    }

    /** Longest body that {@link #offer} takes: an eighth of the capacity less the header. */
    public int recordLengthMax() {
        return recordLengthMax;
    }

    private boolean hasRecordAt(long position) {
        if (position != cachedTail) {
            return true;
        }
        cachedTail = (long) TAIL.getAcquire(this);
        return position != cachedTail;
    }

    private boolean hasRoom(long start, int needed) {
        long free = capacityBytes - (start - cachedHead);
        if (free >= needed) {
            return true;
        }
        cachedHead = (long) HEAD.getAcquire(this);
        return capacityBytes - (start - cachedHead) >= needed;
    }

    private void putHeader(int index, int length, int type) {
        memory.putInt(index + LENGTH_OFFSET, length);
        memory.putInt(index + TYPE_OFFSET, type);
    }

    private void wipe(long from, long to) {
        int index = (int) from & mask;
        int left = (int) (to - from);
        while (left > 0) {
            int length = Math.min(Math.min(left, ZEROS.length), capacityBytes - index);
            memory.put(index, ZEROS, 0, length);
            index = (index + length) & mask;
            left -= length;
        }
    }

    private static int aligned(int length) {
        return (HEADER_LENGTH + length + ALIGNMENT - 1) & -ALIGNMENT;
    }
}
