package io.fluxrig.bench.ring;

import io.fluxrig.perf.buffer.Bytes;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;

/** The option rejected for the turbo ring: SpscRing's protocol over a {@code byte[]}; positions are not padded. */
final class HeapRing {

    private static final VarHandle TAIL;
    private static final VarHandle HEAD;

    static {
        try {
            TAIL = MethodHandles.lookup().findVarHandle(HeapRing.class, "tail", long.class);
            HEAD = MethodHandles.lookup().findVarHandle(HeapRing.class, "head", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final byte[] memory;
    private final int mask;
    private long tail;
    private long cachedHead;
    private long head;
    private long cachedTail;

    HeapRing(int capacityBytes) {
        memory = new byte[capacityBytes];
        mask = capacityBytes - 1;
    }

    boolean offer(int type, byte[] src, int length) {
        int recordLength = (8 + length + 7) & -8;
        int index = (int) tail & mask;
        int toEnd = memory.length - index;
        int padding = recordLength > toEnd ? toEnd : 0;
        if (memory.length - (tail - cachedHead) < padding + recordLength) {
            cachedHead = (long) HEAD.getAcquire(this);
            if (memory.length - (tail - cachedHead) < padding + recordLength) {
                return false;
            }
        }
        int record = padding == 0 ? index : 0;
        System.arraycopy(src, 0, memory, record + 8, length);
        Bytes.putIntLe(memory, record, length);
        Bytes.putIntLe(memory, record + 4, type);
        if (padding != 0) {
            Bytes.putIntLe(memory, index, padding - 8);
            Bytes.putIntLe(memory, index + 4, -1);
        }
        TAIL.setRelease(this, tail + padding + recordLength);
        return true;
    }

    int poll(byte[] dst, int limit) {
        long start = head;
        long position = start;
        int count = 0;
        while (count < limit && hasRecordAt(position)) {
            int index = (int) position & mask;
            int length = Bytes.intLe(memory, index);
            position += (8 + length + 7) & -8;
            if (Bytes.intLe(memory, index + 4) != -1) {
                System.arraycopy(memory, index + 8, dst, 0, length);
                count++;
            }
        }
        int from = (int) start & mask;
        int used = (int) (position - start);
        int first = Math.min(used, memory.length - from);
        Arrays.fill(memory, from, from + first, (byte) 0);
        Arrays.fill(memory, 0, used - first, (byte) 0);
        HEAD.setRelease(this, position);
        return count;
    }

    private boolean hasRecordAt(long position) {
        if (position != cachedTail) {
            return true;
        }
        cachedTail = (long) TAIL.getAcquire(this);
        return position != cachedTail;
    }
}
