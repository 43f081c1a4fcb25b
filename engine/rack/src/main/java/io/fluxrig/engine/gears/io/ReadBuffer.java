package io.fluxrig.engine.gears.io;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.DefaultMaxMessagesRecvByteBufAllocator;

/**
 * Lends every read of a gear's connections the same direct buffer: a read is moved to the strip's window before it
 * returns, so one buffer does for ten thousand connections, stays in the cache and is never allocated again.
 *
 * <p>For plain connections only: TLS keeps what it reads. A read that comes while the buffer is lent gets one of Netty's. Strip
 * thread only. {@link #release} when the last connection is closed.
 */
final class ReadBuffer extends DefaultMaxMessagesRecvByteBufAllocator {
    private final ByteBuf buffer;

    /** @param buffer from now on owned by this */
    ReadBuffer(ByteBuf buffer) {
        this.buffer = buffer;
    }

    void release() {
        buffer.release();
    }

    @Override
    @SuppressWarnings("deprecation") // Netty's successor of the type is the type's own inner one
    public Handle newHandle() {
        return new LendingHandle();
    }

    private final class LendingHandle extends MaxMessageHandle {

        @Override
        public int guess() {
            return buffer.capacity();
        }

        @Override
        public ByteBuf allocate(ByteBufAllocator others) {
            return buffer.refCnt() > 1
                    ? others.ioBuffer(guess())
                    : buffer.clear().retain();
        }
    }
}
