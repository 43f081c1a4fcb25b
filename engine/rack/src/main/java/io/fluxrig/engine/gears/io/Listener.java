package io.fluxrig.engine.gears.io;

import io.fluxrig.engine.config.Address;
import io.fluxrig.engine.fault.SocketReason;
import io.fluxrig.engine.gear.GearContext;
import io.fluxrig.engine.gear.GearStartException;
import io.fluxrig.engine.gear.StripSockets;
import io.fluxrig.engine.gear.Timers;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ServerChannel;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.util.function.Consumer;

/**
 * The listening socket of one strip. With SO_REUSEPORT each strip has its own on the same port and the kernel spreads the
 * connections; without it strip 0 alone listens. Strip thread only.
 *
 * <p>SO_REUSEPORT would also let a second process of the same user bind the port and take a share of the terminals without a
 * word. So the first strip binds it once without that option, which fails if anybody has it, and lets go before the strips bind
 * it. That leaves the moment in between: of two racks that start within the same millisecond both may pass.
 */
final class Listener {
    private static final long PAUSE_NS = 1_000_000_000L;

    private final GearContext context;
    private final SharedIo shared;
    private final Consumer<Channel> accepted;
    private final Timers.Source pause;
    private final Outages failures = new Outages(1);
    private boolean failing;
    private ServerChannel channel;

    /** @param accepted takes each connection, not yet registered with the event loop */
    Listener(GearContext context, SharedIo shared, Consumer<Channel> accepted) {
        this.context = context;
        this.shared = shared;
        this.accepted = accepted;
        pause = context.timers().source((nowNs, unused) -> accepting(true));
    }

    /** Fails if anybody listens where this is to; asked before hosts are dialled, and again when it listens. */
    void probe() throws GearStartException {
        Address address = shared.settings().address();
        if (context.strip() == 0 && address.port() != 0) {
            requireFree(resolve(address), address);
        }
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
            boolean first = shared.boundPort() == 0;
            Address wanted = first ? address : new Address(address.host(), shared.boundPort());
            InetSocketAddress local = resolve(wanted);
            if (first && sockets.reusePort()) {
                requireFree(local, wanted);
            }
            shared.boundPort(bind(local, wanted));
        }
    }

    /** Fails if the port is anybody's; does not listen, so that no terminal is accepted only to be dropped. */
    private void requireFree(InetSocketAddress local, Address wanted) throws GearStartException {
        try (Socket socket = new Socket()) {
            socket.setReuseAddress(true); // connections of a rack that was just stopped do not count
            socket.bind(local);
        } catch (IOException taken) {
            throw cannotListen(wanted, taken);
        }
    }

    private int bind(InetSocketAddress local, Address wanted) throws GearStartException {
        ChannelFuture bound = channel.bind(local);
        if (!bound.isSuccess()) {
            throw cannotListen(wanted, bound.cause());
        }
        return ((InetSocketAddress) channel.localAddress()).getPort();
    }

    private GearStartException cannotListen(Address wanted, Throwable cause) {
        return new GearStartException(
                context.config().where("bind") + ": cannot listen on " + wanted + ": " + SocketReason.of(cause) + "; "
                        + SocketReason.listenFix(cause, "bind"),
                cause);
    }

    private InetSocketAddress resolve(Address address) throws GearStartException {
        try {
            return address.host().isEmpty()
                    ? new InetSocketAddress(address.port())
                    : new InetSocketAddress(InetAddress.getByName(address.host()), address.port());
        } catch (UnknownHostException unknown) {
            throw new GearStartException(
                    context.config().where("bind") + ": no such host: " + address.host()
                            + "; name an address of this machine",
                    unknown);
        }
    }

    /** Takes the socket over from another gear's listener, if it has one: whoever connects from now on is this gear's. */
    void adopt(Listener other) {
        channel = other.channel;
        other.channel = null;
        if (channel != null) {
            channel.pipeline().removeLast();
            channel.pipeline().addLast(new Acceptor());
            accepting(true);
        }
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

    /**
     * Where no descriptor is left, accepting again at once would fail again at once: it waits a second. Told like a link that
     * cannot be had: at first, once a minute, and when it is over.
     */
    private final class Acceptor extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext unused, Object child) {
            accepted.accept((Channel) child);
            if (failing) {
                failing = false;
                String after = failures.over(0, context.clock().nanoTime());
                context.log().info("accepting on {} works{}", shared.settings().address(), after);
            }
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext unused, Throwable cause) {
            failing = true;
            long nowNs = context.clock().nanoTime();
            if (failures.failed(0, nowNs)) {
                context.log()
                        .warn(
                                "accepting on {} fails: {}; trying on{}",
                                shared.settings().address(),
                                SocketReason.of(cause),
                                failures.soFar(0, nowNs));
            }
            accepting(pause.schedule(context.clock().nanoTime() + PAUSE_NS, 0) == Timers.FULL);
        }
    }
}
