package io.fluxrig.load.net;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import java.util.ArrayDeque;

/**
 * Direct buffers that an event loop's connections gather their writes in and use again. What a socket does not take at once
 * stays with Netty, and another buffer takes its place. Event loop's thread only.
 */
public final class WriteBuffers implements AutoCloseable {
    private static final int BYTES = 4096;
    /** Buffers kept for another use; more than that at once are rare and let go. */
    private static final int KEPT_MAX = 64;

    private final ArrayDeque<ByteBuf> kept = new ArrayDeque<>(KEPT_MAX);
    private boolean closed;

    /** @return an empty buffer that grows; to be given to {@link #write} or {@link #giveBack} */
    public ByteBuf take() {
        ByteBuf buffer = kept.poll();
        return buffer == null ? Unpooled.directBuffer(BYTES) : buffer;
    }

    /**
     * Writes and flushes all that is in the buffer, which is the caller's no more. A write that fails comes to the pipeline's
     * {@code exceptionCaught}, whose handler is to close the channel.
     */
    @SuppressWarnings("FutureReturnValueIgnored") // the void promise tells exceptionCaught
    public void write(ChannelHandlerContext context, ByteBuf buffer) {
        context.writeAndFlush(buffer.retain(), context.voidPromise());
        giveBack(buffer);
    }

    /**
     * Takes a buffer back, written or not. It is wiped when it is let go, not before another use, which overwrites it; what a
     * socket has not taken yet cannot be.
     */
    public void giveBack(ByteBuf buffer) {
        if (buffer.refCnt() > 1) {
            buffer.release();
        } else if (closed || kept.size() == KEPT_MAX) {
            letGo(buffer);
        } else {
            kept.push(buffer.clear());
        }
    }

    private static void letGo(ByteBuf buffer) {
        buffer.setZero(0, buffer.capacity());
        buffer.release();
    }

    /** Wipes and releases the buffers that are here, and from now on those that come back. */
    @Override
    public void close() {
        closed = true;
        kept.forEach(WriteBuffers::letGo);
        kept.clear();
    }
}
