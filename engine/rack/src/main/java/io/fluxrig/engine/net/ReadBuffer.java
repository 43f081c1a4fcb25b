package io.fluxrig.engine.net;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.DefaultMaxMessagesRecvByteBufAllocator;

/**
 * Lends every read of an event loop's connections the same direct buffer: one buffer does for ten thousand connections, stays
 * in the cache and is never allocated again. A read that comes while the buffer is lent, as to a TLS handler that keeps what it
 * reads, gets one of Netty's. Event loop's thread only.
 */
public final class ReadBuffer extends DefaultMaxMessagesRecvByteBufAllocator implements AutoCloseable {
    private final ByteBuf buffer;
    private boolean closed;

    /** @param buffer from now on owned by this; a read brings as much as it holds at most */
    public ReadBuffer(ByteBuf buffer) {
        this.buffer = buffer;
    }

    @Override
    @SuppressWarnings("deprecation") // Netty's successor of the type is the type's own inner one
    public Handle newHandle() {
        return new Lending();
    }

    /** Lends no more and wipes; a read that still holds the buffer releases the last of it as it is. Closing again does nothing. */
    @Override
    public void close() {
        if (!closed) {
            closed = true;
            if (buffer.refCnt() == 1) {
                buffer.setZero(0, buffer.capacity());
            }
            buffer.release();
        }
    }

    private final class Lending extends MaxMessageHandle {

        @Override
        public int guess() {
            return buffer.capacity();
        }

        @Override
        public ByteBuf allocate(ByteBufAllocator others) {
            boolean free = !closed && buffer.refCnt() == 1;
            return free ? buffer.clear().retain() : others.ioBuffer(guess());
        }
    }
}
