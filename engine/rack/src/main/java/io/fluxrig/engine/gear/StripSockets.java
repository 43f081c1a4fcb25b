package io.fluxrig.engine.gear;

import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.netty.channel.ServerChannel;

/** The sockets side of a strip, for I/O gears: the strip's own event loop and the channel types that suit it. */
public interface StripSockets {

    EventLoop eventLoop();

    Class<? extends Channel> clientChannel();

    Class<? extends ServerChannel> serverChannel();

    /** Whether each strip can bind its own listener to one port (SO_REUSEPORT); if not, strip 0 alone listens. */
    boolean reusePort();

    /**
     * The strip's inbound window: bytes of one socket read are moved here once and every frame is a slice of it. Valid until
     * the next read on this strip.
     *
     * @param lengthMin the window has at least this many bytes
     */
    byte[] window(int lengthMin);
}
