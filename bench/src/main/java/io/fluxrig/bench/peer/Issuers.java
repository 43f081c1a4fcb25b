package io.fluxrig.bench.peer;

import io.fluxrig.iso.codec.IsoCodec;
import io.fluxrig.iso.codec.IsoMessage;
import io.fluxrig.iso.frame.FrameDecoder;
import io.fluxrig.iso.frame.FrameEncoder;
import io.fluxrig.iso.frame.FrameView;
import io.fluxrig.iso.frame.Framing;
import io.fluxrig.iso.spec.SpecLoader;
import io.fluxrig.iso.wire.WireSpec;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
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
import io.netty.handler.codec.LengthFieldBasedFrameDecoder;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * The hosts of scheme A (ASCII) and scheme B (BCD behind a TPDU), which approve everything at once. They share cores with what
 * is measured, so they do no more than an answer takes: decode, code and approval in, encode, one write for a batch of reads.
 */
@SuppressWarnings("FutureReturnValueIgnored") // a host has nobody to tell: a failed write closes the channel
public final class Issuers {
    private static final int LENGTH_BYTES = 2;
    private static final int FRAME_MAX = 0xFFFF + LENGTH_BYTES;

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
        WireSpec wire = SpecLoader.load(Path.of(spec)).spec().wire();
        new ServerBootstrap()
                .group(loop)
                .channel(Epoll.isAvailable() ? EpollServerSocketChannel.class : NioServerSocketChannel.class)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childHandler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel link) {
                        link.pipeline()
                                .addLast(
                                        new LengthFieldBasedFrameDecoder(FRAME_MAX, 0, LENGTH_BYTES),
                                        new Approvals(framing, wire));
                    }
                })
                .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(port)))
                .sync();
    }

    /** Answers each frame of one connection. */
    private static final class Approvals extends ChannelInboundHandlerAdapter {
        private static final byte[] APPROVED = "00".getBytes(StandardCharsets.US_ASCII);
        private static final byte[] AUTHORIZATION = "123456".getBytes(StandardCharsets.US_ASCII);
        private static final int RESPONSE = 10;
        private static final int AUTHORIZATION_CODE = 38;
        private static final int RESPONSE_CODE = 39;
        private static final int PENDING_BYTES = 4096;

        private final FrameDecoder decoder;
        private final FrameEncoder encoder;
        private final IsoCodec codec;
        private final IsoMessage message = new IsoMessage();
        private final FrameView view = new FrameView();
        private final byte[] in = new byte[FRAME_MAX];
        private final byte[] body = new byte[FRAME_MAX];
        private final byte[] out = new byte[FRAME_MAX];
        private ByteBuf pending;

        Approvals(Framing framing, WireSpec wire) {
            decoder = new FrameDecoder(framing);
            encoder = new FrameEncoder(framing);
            codec = new IsoCodec(wire);
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object read) {
            ByteBuf frame = (ByteBuf) read;
            int length = frame.readableBytes();
            frame.readBytes(in, 0, length);
            frame.release();
            if (decoder.next(in, 0, length, view) <= 0
                    || codec.decode(in, view.bodyOffset(), view.bodyLength(), message) < 0) {
                context.close();
                return;
            }
            message.setMti(message.mti() + RESPONSE);
            message.set(AUTHORIZATION_CODE, AUTHORIZATION, 0, AUTHORIZATION.length);
            message.set(RESPONSE_CODE, APPROVED, 0, APPROVED.length);
            int answer = codec.encode(message, body, 0);
            int framed = encoder.encodeReply(body, 0, answer, in, view.headerOffset(), view.headerLength(), out, 0);
            if (pending == null) {
                pending = context.alloc().directBuffer(PENDING_BYTES);
            }
            pending.writeBytes(out, 0, framed);
        }

        @Override
        public void channelReadComplete(ChannelHandlerContext context) {
            if (pending != null) {
                ByteBuf answers = pending;
                pending = null;
                context.writeAndFlush(answers, context.voidPromise());
            }
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            if (pending != null) {
                pending.release();
                pending = null;
            }
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            context.close();
        }
    }
}
