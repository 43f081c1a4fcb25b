package io.fluxrig.engine.gears.io;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.DefaultMaxMessagesRecvByteBufAllocator;

/**
 * Lends every read of a gear's connections the same direct buffer: a read is moved to the strip's window before it
 * returns, so one buffer does for ten thousand connections, stays in the cache and is never allocated again.
 *
 * <p>For plain connections only: TLS keeps what it reads. Strip thread only. {@link #release} when the last connection is
 * closed.
 */
final class ReadBuffer extends DefaultMaxMessagesRecvByteBufAllocator {
    private final ByteBuf buffer;

    ReadBuffer(ByteBuf buffer) {
        this.buffer = buffer;
    }

    void release() {
        buffer.release();
    }

    @Override
    @SuppressWarnings("deprecation")
    public Handle newHandle() {
        return new LendingHandle();
    }

    private final class LendingHandle extends MaxMessageHandle {

        @Override
        public int guess() {
            return buffer.capacity();
        }

        @Override
        public ByteBuf allocate(ByteBufAllocator unused) {
            return buffer.refCnt() > 1
                    ? unused.ioBuffer(guess())
                    : buffer.clear().retain();
        }
    }
}
