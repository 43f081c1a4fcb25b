package io.fluxrig.bench.ring;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The other option rejected for the turbo ring: direct memory in which each record's header is its own release store through a
 * view handle, so that the consumer never reads the tail. Header: body length + 1, negative for padding, 0 for nothing yet.
 */
final class HeaderPublishedRing {

    private static final VarHandle LONGS = MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.nativeOrder());
    private static final byte[] ZEROS = new byte[4096];
    private static final VarHandle HEAD;

    static {
        try {
            HEAD = MethodHandles.lookup().findVarHandle(HeaderPublishedRing.class, "head", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final ByteBuffer memory;
    private final int capacity;
    private final int mask;
    private long tail;
    private long cachedHead;
    private long head;

    HeaderPublishedRing(int capacityBytes) {
        memory = ByteBuffer.allocateDirect(capacityBytes).alignedSlice(8).order(ByteOrder.nativeOrder());
        capacity = capacityBytes;
        mask = capacityBytes - 1;
    }

    boolean offer(byte[] src, int length) {
        int recordLength = (8 + length + 7) & -8;
        int index = (int) tail & mask;
        int toEnd = capacity - index;
        int padding = recordLength > toEnd ? toEnd : 0;
        int needed = padding + recordLength;
        if (capacity - (tail - cachedHead) < needed) {
            cachedHead = (long) HEAD.getAcquire(this);
            if (capacity - (tail - cachedHead) < needed) {
                return false;
            }
        }
        int record = padding == 0 ? index : 0;
        memory.put(record + 8, src, 0, length);
        LONGS.setRelease(memory, record, (long) length + 1);
        if (padding != 0) {
            LONGS.setRelease(memory, index, (long) -padding);
        }
        tail += needed;
        return true;
    }

    int poll(byte[] dst, int limit) {
        long start = head;
        long position = start;
        int count = 0;
        while (count < limit && position - start < capacity) {
            int index = (int) position & mask;
            long header = (long) LONGS.getAcquire(memory, index);
            if (header == 0) {
                break;
            }
            if (header < 0) {
                position -= header;
                continue;
            }
            int length = (int) header - 1;
            memory.get(index + 8, dst, 0, length);
            position += (8 + length + 7) & -8;
            count++;
        }
        wipe(start, position);
        HEAD.setRelease(this, position);
        return count;
    }

    private void wipe(long from, long to) {
        int index = (int) from & mask;
        int left = (int) (to - from);
        while (left > 0) {
            int length = Math.min(Math.min(left, ZEROS.length), capacity - index);
            memory.put(index, ZEROS, 0, length);
            index = (index + length) & mask;
            left -= length;
        }
    }
}
