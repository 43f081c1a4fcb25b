package io.fluxrig.engine.gears.io;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import java.io.IOException;
import java.net.InetSocketAddress;
import javax.net.ssl.SSLException;

/**
 * One TCP connection: the only handler of its pipeline (behind TLS, if any) and the state that reading and writing keep
 * for it. An idle connection holds no buffer.
 *
 * <p>Strip thread only. Who decides what lives elsewhere: {@link Inbound} cuts frames, {@link Outbound} writes,
 * {@link Sweep} times out.
 */
final class Connection extends ChannelInboundHandlerAdapter {
    /** {@link #link} of a connection that a server accepted. */
    static final int ACCEPTED = -1;

    /** Which of a client's links this is, or {@link #ACCEPTED}. */
    final int link;

    /** Its place in {@link Links}, -1 while it has none. */
    int place = -1;

    /** Half a frame, or frames that nobody took yet; null while there is none. */
    byte[] rest;

    int restLength;
    /** Whether {@link #rest} begins with a whole frame that the strip was too full to take. */
    boolean held;

    long heldSinceNs;
    /** The id of the message that is offered again, so that whoever had taken it in part knows it; 0 for none. */
    long heldId;

    long lastReadNs;
    long frameBegunNs;

    /** What waits for the end of the batch, and what the socket has not taken yet; null while there is none. */
    ByteBuf pending;

    ByteBuf flushing;
    boolean dirty;
    long flushingSinceNs;

    private final ConnectionOwner owner;
    private final Channel channel;
    private final boolean encrypted;
    private long id;
    private String peerIp = "";
    private int peerPort;
    private boolean up;
    private CloseReason closeReason;
    private String closeCause = "";

    Connection(ConnectionOwner owner, Channel channel, int link, boolean encrypted) {
        this.owner = owner;
        this.channel = channel;
        this.link = link;
        this.encrypted = encrypted;
    }

    /** What this handler tells its gear of. */
    interface ConnectionOwner {
        /** The connection can carry frames; TLS is settled. */
        void onUp(Connection connection);

        /** Bytes arrived, lent for the call. */
        void onBytes(Connection connection, ByteBuf bytes);

        /** The socket took everything that was flushed. */
        void onWritable(Connection connection);

        /** It is gone, for that reason; called once, also for a connection that never was up. */
        void onDown(Connection connection, CloseReason reason);
    }

    long id() {
        return id;
    }

    /** Gives the connection its id, once. */
    void id(long assigned) {
        id = assigned;
    }

    Channel channel() {
        return channel;
    }

    String peerIp() {
        return peerIp;
    }

    int peerPort() {
        return peerPort;
    }

    /** Whether frames may be sent and received: connected, TLS settled, not closing. */
    boolean isUp() {
        return up && closeReason == null;
    }

    boolean isClosing() {
        return closeReason != null;
    }

    /** Stops or resumes reading from the socket. */
    void reading(boolean on) {
        channel.config().setAutoRead(on);
    }

    /** Closes; the first reason given is the one that counts. */
    void close(CloseReason reason) {
        close(reason, "");
    }

    /**
     * Closes; the first reason given is the one that counts.
     *
     * @param cause what seems to lie behind it and what to do, for the log; no byte of a message
     */
    @SuppressWarnings("FutureReturnValueIgnored") // its end is told by channelInactive
    void close(CloseReason reason, String cause) {
        if (closeReason == null) {
            closeReason = reason;
            closeCause = cause;
            channel.close();
        }
    }

    /** What seems to lie behind its end; empty if the reason says it all. */
    String closeCause() {
        return closeCause;
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        InetSocketAddress peer = (InetSocketAddress) channel.remoteAddress();
        if (peer != null) {
            peerIp = peer.getAddress().getHostAddress();
            peerPort = peer.getPort();
        }
        if (!encrypted) {
            nowUp();
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof SslHandshakeCompletionEvent handshake) {
            if (handshake.isSuccess()) {
                nowUp();
            } else {
                close(CloseReason.TLS_FAILED, TlsReason.of(handshake.cause()));
            }
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ByteBuf bytes = (ByteBuf) message;
        try {
            if (isUp()) {
                owner.onBytes(this, bytes);
            } else {
                bytes.setZero(bytes.readerIndex(), bytes.readableBytes());
            }
        } finally {
            bytes.release();
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        if (channel.isWritable()) {
            owner.onWritable(this);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        if (closeReason == null) {
            closeReason = CloseReason.PEER_CLOSED;
        }
        owner.onDown(this, closeReason);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (cause instanceof SSLException || cause.getCause() instanceof SSLException) {
            close(CloseReason.TLS_FAILED, TlsReason.of(cause));
        } else if (cause instanceof IOException) {
            close(CloseReason.PEER_RESET);
        } else {
            close(CloseReason.INTERNAL);
        }
    }

    private void nowUp() {
        if (!up && closeReason == null) {
            up = true;
            owner.onUp(this);
        }
    }
}
