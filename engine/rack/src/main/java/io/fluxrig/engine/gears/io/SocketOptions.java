package io.fluxrig.engine.gears.io;

import io.netty.channel.Channel;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.channel.ServerChannel;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollMode;
import io.netty.channel.epoll.EpollSocketChannel;
import java.lang.reflect.InvocationTargetException;

/** The socket options of every connection and listener of the gear. */
final class SocketOptions {
    /** Waiting connections of a listener; the kernel's own limit may be lower. */
    static final int BACKLOG = 4096;

    /** Half-open peers are noticed by keep-alive after about a minute. */
    private static final int KEEP_IDLE_S = 30;

    private static final int KEEP_INTERVAL_S = 10;
    private static final int KEEP_COUNT = 3;

    /** Writable means that the socket has taken everything: {@link Outbound} counts on it. */
    private static final WriteBufferWaterMark ALL_WRITTEN = new WriteBufferWaterMark(1, 1);

    private SocketOptions() {}

    /**
     * A new channel of that type.
     *
     * @throws ChannelException if the system has none to give, such as without a free descriptor
     */
    static <C extends Channel> C open(Class<? extends C> type) {
        try {
            return type.getDeclaredConstructor().newInstance();
        } catch (InvocationTargetException refused) {
            throw new ChannelException(refused.getCause());
        } catch (ReflectiveOperationException unusable) {
            throw new IllegalStateException("cannot open a " + type.getName(), unusable);
        }
    }

    /**
     * Prepares a connection before it is registered with its event loop.
     *
     * @param reads where its reads go, null for Netty's own choice
     */
    static void connection(Channel channel, IoSettings settings, RecvByteBufAllocator reads) {
        channel.config().setOption(ChannelOption.TCP_NODELAY, true);
        channel.config().setOption(ChannelOption.SO_KEEPALIVE, true);
        channel.config().setOption(ChannelOption.CONNECT_TIMEOUT_MILLIS, settings.connectTimeoutMs());
        channel.config().setWriteBufferWaterMark(ALL_WRITTEN);
        if (reads != null) {
            channel.config().setRecvByteBufAllocator(reads);
        }
        if (channel instanceof EpollSocketChannel) {
            channel.config().setOption(EpollChannelOption.EPOLL_MODE, EpollMode.LEVEL_TRIGGERED);
            channel.config().setOption(EpollChannelOption.TCP_KEEPIDLE, KEEP_IDLE_S);
            channel.config().setOption(EpollChannelOption.TCP_KEEPINTVL, KEEP_INTERVAL_S);
            channel.config().setOption(EpollChannelOption.TCP_KEEPCNT, KEEP_COUNT);
        }
    }

    /** Prepares a listener before it is registered. */
    static void listener(ServerChannel channel, boolean reusePort) {
        channel.config().setOption(ChannelOption.SO_REUSEADDR, true);
        channel.config().setOption(ChannelOption.SO_BACKLOG, BACKLOG);
        if (reusePort) {
            channel.config().setOption(EpollChannelOption.SO_REUSEPORT, true);
        }
    }

    /**
     * Registers a channel with the loop of the calling thread; done when this returns.
     *
     * @throws ChannelException if the system refuses; the channel is closed then
     */
    static void register(Channel channel, EventLoop loop) {
        ChannelFuture registered = loop.register(channel);
        if (registered.cause() != null) {
            throw new ChannelException(registered.cause());
        }
        if (!registered.isSuccess()) {
            throw new IllegalStateException("a channel was registered from another thread than its strip's");
        }
    }
}
