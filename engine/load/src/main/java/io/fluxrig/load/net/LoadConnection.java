package io.fluxrig.load.net;

import io.fluxrig.iso.frame.FrameRefusal;
import io.fluxrig.iso.frame.FrameView;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.util.ReferenceCountUtil;
import java.util.concurrent.CompletableFuture;

/**
 * One connection to the switch: gathers what is to be written until {@link #flush}, hands the answers of a read on and then
 * says once that there is room. Everything runs on its loop's thread.
 */
@SuppressWarnings("FutureReturnValueIgnored") // a write or close that fails ends in channelInactive
final class LoadConnection extends ChannelInboundHandlerAdapter implements FrameStream.Taker {
    private final int number;
    private final int inFlightMax;
    private final Connections connections;
    private final AnswerReader answers;
    private final Dispatch dispatch;
    private final FrameStream stream;
    private final WriteBuffers buffers;
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private ChannelHandlerContext context;
    private ByteBuf pending;
    private int signOnStan;
    private boolean ready;
    private boolean closed;
    private boolean roomMade;
    private int inFlight;

    /**
     * @param number of the connection in the run, from 1: its terminal number
     * @param inFlightMax open requests at most
     * @param connections those of the loop, which are told of its state; so are {@code answers} of what it reads,
     *     {@code dispatch} of its room, and {@code buffers} lend to it
     * @param stream its own
     */
    LoadConnection(
            int number,
            int inFlightMax,
            Connections connections,
            AnswerReader answers,
            Dispatch dispatch,
            FrameStream stream,
            WriteBuffers buffers) {
        this.number = number;
        this.inFlightMax = inFlightMax;
        this.connections = connections;
        this.answers = answers;
        this.dispatch = dispatch;
        this.stream = stream;
        this.buffers = buffers;
    }

    int number() {
        return number;
    }

    /** Whether it may be given another request. */
    boolean hasRoom() {
        return ready && !closed && inFlight < inFlightMax;
    }

    /** Connected, TLS agreed, signed on. */
    boolean isReady() {
        return ready;
    }

    /** From now on it has room. */
    void ready() {
        ready = true;
    }

    /** The STAN of the sign-on that {@link #signOn} added last. */
    int signOnStan() {
        return signOnStan;
    }

    /** Adds a sign-on to what the next {@link #flush} writes, which is not in flight as a request is. */
    void signOn(byte[] frame, int stan) {
        signOnStan = stan;
        write(frame);
    }

    /** Adds a request to what the next {@link #flush} writes; it is in flight from now on. */
    void request(byte[] frame) {
        inFlight++;
        write(frame);
    }

    /** A request's own answer has come. */
    void answered() {
        inFlight--;
        roomMade = true;
    }

    private void write(byte[] frame) {
        if (pending == null) {
            pending = buffers.take();
        }
        pending.writeBytes(frame);
    }

    /** Whether a {@link #flush} has something to write. */
    boolean isUnflushed() {
        return pending != null;
    }

    void flush() {
        if (pending != null) {
            ByteBuf bytes = pending;
            pending = null;
            buffers.write(context, bytes);
        }
    }

    /** Closes it on purpose, which counts as no disconnect; answers that still come are not looked at. */
    void close() {
        closed = true;
        if (context == null) {
            ended.complete(null); // it got no channel
        } else {
            context.close();
        }
    }

    /**
     * Done when its channel has closed and nothing of what it read or was to write is left here: as soon as it is told to
     * close, but that TLS may wait 3 s for the other side to take its goodbye.
     */
    CompletableFuture<Void> ended() {
        return ended;
    }

    /** It never came to be. */
    void connectFailed(Throwable cause) {
        connections.failed(cause);
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        context = ctx;
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        if (ctx.pipeline().get(SslHandler.class) == null) {
            connections.connected(this);
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof SslHandshakeCompletionEvent handshake) {
            if (handshake.isSuccess()) {
                connections.connected(this);
            } else {
                connections.failed(handshake.cause());
            }
        }
        ctx.fireUserEventTriggered(event);
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object read) {
        try {
            answers.beginRead();
            int refusal = closed ? 0 : stream.take((ByteBuf) read, this);
            if (refusal < 0) {
                answers.notAFrame(this, FrameRefusal.reason(refusal));
            }
        } finally {
            ReferenceCountUtil.release(read);
        }
    }

    @Override
    public boolean frame(byte[] bytes, FrameView frame) {
        answers.answer(this, bytes, frame.bodyOffset(), frame.bodyLength());
        return !closed;
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        if (roomMade) {
            roomMade = false;
            dispatch.room(this);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        boolean wasReady = ready;
        ready = false;
        stream.wipe();
        if (wasReady) {
            connections.gone();
        }
        if (pending != null) {
            buffers.giveBack(pending);
            pending = null;
        }
        if (!closed) {
            closed = true;
            connections.lost(wasReady, inFlight);
        }
    }

    /** The last that is heard of a channel, after it was closed and {@link #channelInactive} if it ever was active. */
    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        ended.complete(null);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (!closed) {
            connections.broken(cause);
        }
        ctx.close(); // that it is lost is told by channelInactive
    }
}
