package io.fluxrig.load.net;

import io.fluxrig.engine.net.ReadBuffer;
import io.fluxrig.load.LoadException;
import io.fluxrig.load.LoadPlan;
import io.fluxrig.perf.sched.ShortSlices;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollEventLoopGroup;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;

/**
 * Opens the run's connections: epoll where it is there, NIO elsewhere; TLS if asked for. Owns the event loops, which all end
 * with {@link #close}. Any thread.
 */
public final class LoadSockets implements AutoCloseable {
    private final EventLoopGroup group;
    private final boolean epoll = Epoll.isAvailable();
    private final InetSocketAddress target;
    private final int connectTimeoutMs;
    private final SslContext tls;

    /** @throws LoadException if the TLS files cannot be read or used */
    public LoadSockets(LoadPlan plan) throws LoadException {
        target = plan.target();
        connectTimeoutMs = (int) TimeUnit.NANOSECONDS.toMillis(plan.wire().connectTimeoutNs());
        tls = tls(plan.wire().tls());
        DefaultThreadFactory threads = new DefaultThreadFactory("load", true);
        int count = plan.wire().threads();
        group = epoll ? new EpollEventLoopGroup(count, threads) : new NioEventLoopGroup(count, threads);
    }

    /** Has the event loops get a core at once that another thread computes on, where the system knows that. Blocks for a tenth of a second. */
    public void askForShortSlices() {
        ShortSlices slices = ShortSlices.open();
        group.forEach(loop -> loop.execute(slices::ask));
    }

    /** The next event loop; each call gives another until all were given. */
    public EventLoop nextLoop() {
        return group.next();
    }

    /** Which kind of sockets, for the report. */
    public String transport() {
        return (epoll ? "epoll" : "nio") + (tls == null ? "" : ", TLS");
    }

    /**
     * Begins to connect; the connection is told how it went, on its loop's thread.
     *
     * @param reads that of the loop
     */
    void connect(EventLoop loop, LoadConnection connection, ReadBuffer reads) {
        Bootstrap bootstrap = new Bootstrap()
                .group(loop)
                .channel(epoll ? EpollSocketChannel.class : NioSocketChannel.class)
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.RCVBUF_ALLOCATOR, reads)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, connectTimeoutMs)
                .handler(pipeline(connection));
        bootstrap.connect(target).addListener(done -> {
            if (!done.isSuccess()) {
                connection.connectFailed(done.cause());
            }
        });
    }

    private ChannelHandler pipeline(LoadConnection connection) {
        return new ChannelInitializer<SocketChannel>() {
            @Override
            protected void initChannel(SocketChannel channel) {
                if (tls != null) {
                    channel.pipeline()
                            .addLast(tls.newHandler(channel.alloc(), target.getHostString(), target.getPort()));
                }
                channel.pipeline().addLast(connection);
            }
        };
    }

    private static SslContext tls(LoadPlan.Tls options) throws LoadException {
        if (options == null) {
            return null;
        }
        try {
            SslContextBuilder builder = SslContextBuilder.forClient();
            if (options.insecure()) {
                builder.trustManager(InsecureTrustManagerFactory.INSTANCE);
            } else {
                builder.endpointIdentificationAlgorithm("HTTPS"); // the certificate has to name the host
                if (options.caFile() != null) {
                    builder.trustManager(options.caFile().toFile());
                }
            }
            if (options.certFile() != null) {
                builder.keyManager(
                        options.certFile().toFile(), options.keyFile().toFile());
            }
            return builder.build();
        } catch (SSLException | IllegalArgumentException e) {
            throw new LoadException(
                    "TLS: " + e.getMessage() + "; check that the files are PEM (the key in PKCS#8, without a password)",
                    e);
        }
    }

    /** Ends the event loops; waits 3 s for that at most. */
    @Override
    public void close() {
        group.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly(3, TimeUnit.SECONDS);
    }
}
