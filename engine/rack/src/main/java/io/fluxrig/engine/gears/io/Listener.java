package io.fluxrig.engine.gears.io;

import io.fluxrig.engine.config.Address;
import io.fluxrig.engine.gear.GearContext;
import io.fluxrig.engine.gear.GearStartException;
import io.fluxrig.engine.gear.StripSockets;
import io.fluxrig.engine.gear.Timers;
import io.fluxrig.engine.gears.LogBudget;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ServerChannel;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.function.Consumer;

/**
 * The listening socket of one strip. With SO_REUSEPORT each strip has its own on the same port and the kernel spreads the
 * connections; without it strip 0 alone listens. Strip thread only.
 */
final class Listener {
    private static final long PAUSE_NS = 1_000_000_000L;

    private final GearContext context;
    private final SharedIo shared;
    private final Consumer<Channel> accepted;
    private final Timers.Source pause;
    private final LogBudget lines = new LogBudget(1);
    private ServerChannel channel;

    /** @param accepted takes each connection, not yet registered with the event loop */
    Listener(GearContext context, SharedIo shared, Consumer<Channel> accepted) {
        this.context = context;
        this.shared = shared;
        this.accepted = accepted;
        pause = context.timers().source((nowNs, unused) -> accepting(true));
    }

    /** Binds; the strips' copies end up on one port even where the configuration leaves it to the kernel (port 0). */
    void start() throws GearStartException {
        StripSockets sockets = context.sockets();
        if (!sockets.reusePort() && context.strip() > 0) {
            return;
        }
        Address address = shared.settings().address();
        channel = SocketOptions.open(sockets.serverChannel());
        SocketOptions.listener(channel, sockets.reusePort());
        channel.pipeline().addLast(new Acceptor());
        SocketOptions.register(channel, sockets.eventLoop());
        synchronized (shared) {
            int port = address.port() == 0 ? shared.boundPort() : address.port();
            shared.boundPort(bind(new Address(address.host(), port)));
        }
    }

    private int bind(Address address) throws GearStartException {
        try {
            ChannelFuture bound = channel.bind(resolve(address));
            if (!bound.isSuccess()) {
                throw new GearStartException(context.config().where("bind") + ": cannot listen on " + address + ": "
                        + bound.cause().getMessage()
                        + "; is another process listening there? choose another port or stop it");
            }
            return ((InetSocketAddress) channel.localAddress()).getPort();
        } catch (UnknownHostException unknown) {
            throw new GearStartException(
                    context.config().where("bind") + ": no such host: " + address.host()
                            + "; name an address of this machine",
                    unknown);
        }
    }

    private static InetSocketAddress resolve(Address address) throws UnknownHostException {
        return address.host().isEmpty()
                ? new InetSocketAddress(address.port())
                : new InetSocketAddress(InetAddress.getByName(address.host()), address.port());
    }

    /** Stops listening; connections stay. */
    @SuppressWarnings("FutureReturnValueIgnored") // nobody waits for a listener to be gone
    void stop() {
        if (channel != null) {
            channel.close();
            channel = null;
        }
    }

    private void accepting(boolean on) {
        if (channel != null) {
            channel.config().setAutoRead(on);
        }
    }

    /** Where no descriptor is left, accepting again at once would fail again at once: it waits a second. */
    private final class Acceptor extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext unused, Object child) {
            accepted.accept((Channel) child);
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext unused, Throwable cause) {
            if (lines.allows(context.clock().nanoTime())) {
                context.log()
                        .warn("accepting on {} failed: {}", shared.settings().address(), cause.getMessage());
            }
            accepting(pause.schedule(context.clock().nanoTime() + PAUSE_NS, 0) == Timers.FULL);
        }
    }
}
