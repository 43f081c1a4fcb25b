package io.fluxrig.bench.peer;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollEventLoopGroup;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.LengthFieldBasedFrameDecoder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/**
 * The limit: a bare Netty relay. Frame in, frame out, nothing parsed, nothing remembered, one write for each batch of reads.
 *
 * <pre>
 *   terminal 1 ==== relay ==== issuer        a connection to the issuer for each terminal's,
 *   terminal 2 ==== relay ==== issuer        on the same event loop
 * </pre>
 */
@SuppressWarnings("FutureReturnValueIgnored") // a relay has nobody to tell: a failed write closes the channel
public final class Relay {
    private static final int LENGTH_BYTES = 2;
    private static final int FRAME_MAX = 0xFFFF + LENGTH_BYTES;

    private final EventLoopGroup loops;
    private final InetSocketAddress issuer;

    private Relay(EventLoopGroup loops, InetSocketAddress issuer) {
        this.loops = loops;
        this.issuer = issuer;
    }

    /**
     * @param arguments port to listen on, port of the issuer, number of event loops and, if wanted, port of the probe; all on
     *     loopback
     */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        int threads = Integer.parseInt(arguments[2]);
        EventLoopGroup loops = Epoll.isAvailable() ? new EpollEventLoopGroup(threads) : new NioEventLoopGroup(threads);
        AllocationPage.serve(arguments.length > 3 ? Integer.parseInt(arguments[3]) : 0);
        new Relay(loops, onLoopback(arguments[1])).listen(onLoopback(arguments[0]));
        System.in.transferTo(java.io.OutputStream.nullOutputStream());
        loops.shutdownGracefully().sync();
    }

    private static InetSocketAddress onLoopback(String port) {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(port));
    }

    private void listen(InetSocketAddress address) throws InterruptedException {
        new ServerBootstrap()
                .group(loops)
                .channel(Epoll.isAvailable() ? EpollServerSocketChannel.class : NioServerSocketChannel.class)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.AUTO_READ, false)
                .childHandler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel terminal) {
                        connect(terminal);
                    }
                })
                .bind(address)
                .sync();
    }

    /** Reads from the terminal once its own connection to the issuer is there. */
    private void connect(Channel terminal) {
        new Bootstrap()
                .group(terminal.eventLoop())
                .channel(Epoll.isAvailable() ? EpollSocketChannel.class : NioSocketChannel.class)
                .option(ChannelOption.TCP_NODELAY, true)
                .handler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel host) {
                        host.pipeline().addLast(frames(), new Forward(terminal));
                    }
                })
                .connect(issuer)
                .addListener((io.netty.channel.ChannelFutureListener) connected -> {
                    if (connected.isSuccess()) {
                        terminal.pipeline().addLast(frames(), new Forward(connected.channel()));
                        terminal.config().setAutoRead(true);
                    } else {
                        terminal.close();
                    }
                });
    }

    private static LengthFieldBasedFrameDecoder frames() {
        return new LengthFieldBasedFrameDecoder(FRAME_MAX, 0, LENGTH_BYTES);
    }

    /** Writes each frame to the other side and flushes when the reads at hand are done. */
    private static final class Forward extends ChannelInboundHandlerAdapter {
        private final Channel to;

        Forward(Channel to) {
            this.to = to;
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object frame) {
            to.write(frame, to.voidPromise());
        }

        @Override
        public void channelReadComplete(ChannelHandlerContext context) {
            to.flush();
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            to.close();
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            context.close();
        }
    }
}
