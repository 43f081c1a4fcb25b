package io.fluxrig.load.net;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.channel.DefaultMaxMessagesRecvByteBufAllocator;

/**
 * Lends every read of an event loop's connections the same direct buffer. A read that is not through with it when the next
 * begins, as of a TLS handler, keeps it and the next gets one of Netty's. Event loop's thread only.
 */
public final class ReadBuffer extends DefaultMaxMessagesRecvByteBufAllocator implements AutoCloseable {
    private static final int BYTES = 64 * 1024;

    private final ByteBuf buffer = Unpooled.directBuffer(BYTES, BYTES);

    @Override
    @SuppressWarnings("deprecation") // Netty's successor of the type is the type's own inner one
    public Handle newHandle() {
        return new Lending();
    }

    /** To be called when no read holds the buffer; reads from now on get one of Netty's. Closing again does nothing. */
    @Override
    public void close() {
        if (buffer.refCnt() > 0) {
            buffer.release();
        }
    }

    private final class Lending extends MaxMessageHandle {

        @Override
        public int guess() {
            return BYTES;
        }

        @Override
        public ByteBuf allocate(ByteBufAllocator others) {
            return buffer.refCnt() == 1 ? buffer.clear().retain() : others.ioBuffer(BYTES);
        }
    }
}
