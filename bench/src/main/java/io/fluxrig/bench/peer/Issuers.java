package io.fluxrig.bench.peer;

import io.fluxrig.engine.net.ReadBuffer;
import io.fluxrig.iso.frame.Framing;
import io.fluxrig.iso.spec.SpecLoader;
import io.fluxrig.load.net.FrameStream;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollEventLoopGroup;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;

/**
 * The hosts of scheme A (ASCII) and scheme B (BCD behind a TPDU), which approve everything at once. They share cores with what
 * is measured, so they do no more than an answer takes: decode, code and approval in, encode, one write for a batch of reads.
 */
@SuppressWarnings("FutureReturnValueIgnored") // a host has nobody to tell: a failed write closes the channel
public final class Issuers {
    private static final int READ_BYTES = 64 * 1024;

    private Issuers() {}

    /** @param arguments ports of scheme A and scheme B on loopback */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        EventLoopGroup loop = Epoll.isAvailable() ? new EpollEventLoopGroup(1) : new NioEventLoopGroup(1);
        listen(loop, arguments[0], "generic", "config/specs/v87-ascii.yaml");
        listen(loop, arguments[1], "hypercom", "config/specs/scheme-b-bcd.yaml");
        System.in.transferTo(OutputStream.nullOutputStream());
        loop.shutdownGracefully().sync();
    }

    private static void listen(EventLoopGroup loop, String port, String variant, String spec)
            throws InterruptedException {
        Framing framing = Framing.builder(Framing.variant(variant)).build();
        Approvals approvals =
                new Approvals(framing, SpecLoader.load(Path.of(spec)).spec().wire());
        new ServerBootstrap()
                .group(loop)
                .channel(Epoll.isAvailable() ? EpollServerSocketChannel.class : NioServerSocketChannel.class)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(
                        ChannelOption.RCVBUF_ALLOCATOR, new ReadBuffer(Unpooled.directBuffer(READ_BYTES, READ_BYTES)))
                .childHandler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel link) {
                        link.pipeline().addLast(new Link(approvals));
                    }
                })
                .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(port)))
                .sync();
    }

    /** One connection: whatever a read brings is answered in one write. */
    private static final class Link extends ChannelInboundHandlerAdapter {
        private final Approvals approvals;
        private final FrameStream stream;

        Link(Approvals approvals) {
            this.approvals = approvals;
            this.stream = new FrameStream(approvals.window());
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object read) {
            ByteBuf requests = (ByteBuf) read;
            boolean frames = stream.take(requests, approvals) == 0;
            requests.release();
            approvals.writeTo(context);
            if (!frames || approvals.refused()) {
                context.close();
            }
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            context.close();
        }
    }
}
