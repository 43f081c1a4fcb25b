package io.fluxrig.load.net;

import io.fluxrig.iso.frame.FrameDecoder;
import io.fluxrig.iso.frame.FrameRefusal;
import io.fluxrig.iso.frame.FrameView;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.util.ReferenceCountUtil;
import java.util.Arrays;

/**
 * One connection to the switch: gathers what is to be written until {@link #flush}, cuts frames out of what arrives.
 * Everything runs on its loop's thread.
 */
@SuppressWarnings("FutureReturnValueIgnored") // a write or close that fails ends in channelInactive
final class LoadConnection extends ChannelInboundHandlerAdapter {
    private static final int PENDING_BYTES = 4096;

    private final LoadLoop loop;
    private final int number;
    private final FrameDecoder decoder;
    private final FrameView view = new FrameView();
    private byte[] window;
    private int windowLimit;
    private ChannelHandlerContext context;
    private ByteBuf pending;
    private boolean ready;
    private boolean closed;
    private int inFlight;

    /** @param number of the connection in the run, from 1: its terminal number */
    LoadConnection(LoadLoop loop, int number, FrameDecoder decoder) {
        this.loop = loop;
        this.number = number;
        this.decoder = decoder;
        this.window = new byte[8192];
    }

    int number() {
        return number;
    }

    /** Whether it may be given another request. */
    boolean hasRoom(int inFlightMax) {
        return ready && inFlight < inFlightMax;
    }

    /** Connected, TLS agreed, signed on. */
    void ready() {
        ready = true;
    }

    void opened() {
        inFlight++;
    }

    void answered() {
        inFlight--;
    }

    /**
     * Adds a frame to what the next {@link #flush} writes.
     *
     * @return whether it was the first
     */
    boolean write(byte[] frame) {
        boolean first = pending == null;
        if (first) {
            pending = context.alloc().directBuffer(PENDING_BYTES);
        }
        pending.writeBytes(frame);
        return first;
    }

    void flush() {
        if (pending != null) {
            ByteBuf bytes = pending;
            pending = null;
            context.writeAndFlush(bytes, context.voidPromise());
        }
    }

    void close() {
        closed = true;
        if (context != null) {
            context.close();
        }
    }

    void connectFailed(Throwable cause) {
        loop.connectFailed(cause);
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        context = ctx;
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        if (ctx.pipeline().get(SslHandler.class) == null) {
            loop.connected(this);
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof SslHandshakeCompletionEvent handshake) {
            if (handshake.isSuccess()) {
                loop.connected(this);
            } else {
                loop.connectFailed(handshake.cause());
            }
        }
        ctx.fireUserEventTriggered(event);
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object read) {
        try {
            take((ByteBuf) read);
        } finally {
            ReferenceCountUtil.release(read);
        }
        cutFrames();
    }

    private void take(ByteBuf bytes) {
        int length = bytes.readableBytes();
        if (windowLimit + length > window.length) {
            window = Arrays.copyOf(window, Math.max(window.length * 2, windowLimit + length));
        }
        bytes.readBytes(window, windowLimit, length);
        windowLimit += length;
    }

    private void cutFrames() {
        int offset = 0;
        int used;
        while (!closed && (used = decoder.next(window, offset, windowLimit, view)) != FrameDecoder.NEED_MORE) {
            if (used < 0) {
                loop.notAFrame(this, FrameRefusal.reason(used));
                return;
            }
            if (!view.keepAlive()) {
                loop.answer(this, window, view.bodyOffset(), view.bodyLength());
            }
            offset += used;
        }
        System.arraycopy(window, offset, window, 0, windowLimit - offset);
        windowLimit -= offset;
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        loop.batchEnd();
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        boolean wasReady = ready;
        ready = false;
        if (wasReady) {
            loop.gone();
        }
        if (pending != null) {
            pending.release();
            pending = null;
        }
        if (!closed) {
            closed = true;
            loop.disconnected(wasReady);
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        ctx.close();
    }
}
