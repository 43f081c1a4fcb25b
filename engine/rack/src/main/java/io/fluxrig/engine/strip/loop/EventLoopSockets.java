package io.fluxrig.engine.strip.loop;

import io.fluxrig.engine.gear.StripSockets;
import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.EpollEventLoopGroup;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;

/** Sockets that suit an event loop: epoll's where it is an epoll loop, NIO's otherwise. Strip thread only. */
final class EventLoopSockets implements StripSockets {
    private final EventLoop eventLoop;
    private final boolean epoll;
    private byte[] window;

    EventLoopSockets(EventLoop eventLoop, int windowBytes) {
        this.eventLoop = eventLoop;
        this.epoll = eventLoop.parent() instanceof EpollEventLoopGroup;
        this.window = new byte[windowBytes];
    }

    @Override
    public EventLoop eventLoop() {
        return eventLoop;
    }

    @Override
    public Class<? extends Channel> clientChannel() {
        return epoll ? EpollSocketChannel.class : NioSocketChannel.class;
    }

    @Override
    public Class<? extends ServerChannel> serverChannel() {
        return epoll ? EpollServerSocketChannel.class : NioServerSocketChannel.class;
    }

    @Override
    public boolean reusePort() {
        return epoll;
    }

    @Override
    public byte[] window(int lengthMin) {
        if (window.length < lengthMin) {
            window = new byte[Math.max(lengthMin, 2 * window.length)];
        }
        return window;
    }
}
