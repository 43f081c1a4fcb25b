package io.fluxrig.engine.gears.io;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import java.util.ArrayDeque;

/**
 * Direct buffers for what is to be written. The gear keeps a reference of its own while Netty writes, so that it can wipe
 * the bytes once the socket has them and use the buffer again. Strip thread only.
 */
final class WriteBuffers {
    private static final int INITIAL = 8 * 1024;
    private static final int KEPT_CAPACITY_MAX = 64 * 1024;
    private static final int KEPT_MAX = 256;

    private final ArrayDeque<ByteBuf> kept = new ArrayDeque<>(KEPT_MAX);
    private boolean released;

    /** An empty buffer that grows as needed; give it back once with {@link #give}. */
    ByteBuf take() {
        ByteBuf buffer = kept.pollLast();
        return buffer == null ? PooledByteBufAllocator.DEFAULT.directBuffer(INITIAL) : buffer;
    }

    /** Takes the buffer back: wiped and kept if nobody else refers to it, else only let go. */
    void give(ByteBuf buffer) {
        if (buffer.refCnt() > 1) {
            buffer.release();
            return;
        }
        buffer.setZero(0, buffer.writerIndex());
        if (!released && buffer.capacity() <= KEPT_CAPACITY_MAX && kept.size() < KEPT_MAX) {
            kept.addLast(buffer.clear());
        } else {
            buffer.release();
        }
    }

    /** Gives everything back to Netty, at once or when it comes back. */
    void release() {
        released = true;
        while (!kept.isEmpty()) {
            kept.pollLast().release();
        }
    }
}
