package io.fluxrig.engine.gears.io;

import io.fluxrig.engine.fault.SocketReason;
import io.fluxrig.engine.gear.Gear;
import io.fluxrig.engine.gear.GearContext;
import io.fluxrig.engine.gear.GearStartException;
import io.fluxrig.engine.gear.Signal;
import io.fluxrig.engine.gear.Timers;
import io.fluxrig.engine.net.ReadBuffer;
import io.fluxrig.transport.msg.FluxMsg;
import io.fluxrig.transport.msg.MetaKey;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.ssl.SslHandler;
import java.net.InetSocketAddress;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;

/**
 * One strip's copy of {@code io_iso8583}: opens, owns and closes its connections and keeps the rest of the rack told of
 * which are up. What arrives is {@link Inbound}'s, what is to be sent {@link Routing}'s. Strip thread only.
 */
final class IoGear implements Gear, Connection.ConnectionOwner {
    private static final int READ_BYTES = 64 * 1024;
    /** Held frames are offered again after this, and twice as long each time that none of them is taken. */
    private static final long RETRY_NS = 1_000_000L;

    private static final long RETRY_MAX_NS = 16_000_000L;

    private final GearContext context;
    private final SharedIo shared;
    private final IoSettings settings;
    private final IoMetrics metrics;
    private final ConnectionTable connections;
    private final Links links;
    private final Inbound inbound;
    private final Outbound outbound;
    private final Sweep sweep;
    /** Null where the rack itself knows what is not answered yet. */
    private final AwaitedAnswers awaited;

    private final Listener listener;
    private final Dialer dialer;
    private final ReadBuffer reads;
    private final Routing routing;
    private final Timers.Source retry;
    private final Runnable retryNow = this::retryNow;
    private final Timers.Source retirement;
    private final CloseLines closeLines;
    /** Null unless this is to replace a gear that runs. */
    private IoGear predecessor;

    private long retryNs = RETRY_NS;
    private boolean retryPending;
    private boolean draining;
    private boolean stopped;

    IoGear(GearContext context, SharedIo shared) {
        this.context = context;
        this.shared = shared;
        settings = shared.settings();
        metrics = new IoMetrics(context.metrics());
        predecessor = context.predecessor() instanceof IoGear gear ? gear : null;
        connections = new ConnectionTable(
                context.strip(), context.ordinal(), predecessor == null ? null : predecessor.connections);
        links = new Links(context.linkReport(), context.strip(), context.stripCount());
        inbound = new Inbound(context, settings, metrics);
        outbound = new Outbound(context, settings, metrics);
        sweep = new Sweep(context, settings, connections, this::lookAfter);
        awaited = settings.server() || !context.ticketsElsewhere()
                ? null
                : new AwaitedAnswers(
                        metrics.framesOut, metrics.framesIn, context.clock().nanoTime());
        listener = settings.server() ? new Listener(context, shared, this::accept) : null;
        dialer = settings.server() ? null : new Dialer(context, settings, context.linkReport(), this::connect);
        closeLines = new CloseLines(context, dialer);
        reads = new ReadBuffer(PooledByteBufAllocator.DEFAULT.directBuffer(READ_BYTES));
        routing = new Routing(context, settings, metrics, connections, links, outbound);
        retirement = context.timers().source((nowNs, unused) -> closeAll(CloseReason.REPLACED));
        retry = context.timers().source((nowNs, unused) -> retryHeld(nowNs));
    }

    @Override
    public void probe() throws GearStartException {
        if (listener != null && !takesListener()) {
            listener.probe();
        }
    }

    /** Whether the gear that this replaces listens where this is to: the socket is handed on then, and no terminal is refused. */
    private boolean takesListener() {
        return predecessor != null
                && predecessor.listener != null
                && predecessor.settings.address().equals(settings.address());
    }

    @Override
    public void start() throws GearStartException {
        if (!sweep.start()) {
            throw new GearStartException("the strip's timer wheel is full; raise rack.max_timers");
        }
        if (settings.frameLog()) {
            context.log().warn("unsafe_raw_frame_log is on: a line for each frame, lengths and headers only");
        }
        if (listener == null) {
            dialer.start();
        } else if (!takesListener()) {
            listener.start();
        }
    }

    @Override
    public void takeOver() {
        if (listener != null && takesListener()) {
            listener.adopt(predecessor.listener);
            shared.boundPort(predecessor.shared.boundPort());
        }
        predecessor = null;
    }

    /** Connections stay: a server's until their peers close them, a client's for answers, for {@code retire_timeout}. */
    @Override
    public void retire() {
        draining = true;
        if (listener != null) {
            listener.stop();
            return;
        }
        dialer.stop();
        if (retirement.schedule(context.clock().nanoTime() + settings.retireTimeoutNs(), 0) == Timers.FULL) {
            context.log().warn("the links that were replaced close at once: the strip's timer wheel is full");
            closeAll(CloseReason.REPLACED);
        }
    }

    @Override
    public boolean claims(int inPort, FluxMsg message) {
        long connId = message.meta().number(MetaKey.CONN_ID, 0);
        return connId != 0 && connections.find(connId) != null;
    }

    @Override
    public boolean spent() {
        return connections.size() == 0;
    }

    @Override
    public int onMessage(int inPort, FluxMsg message) {
        return routing.route(message, inPort == IoIso8583Factory.IN_PEER);
    }

    @Override
    public void drain() {
        draining = true;
        inbound.drain();
        if (listener != null) {
            listener.stop();
        }
    }

    @Override
    public int inFlight() {
        int busy = 0;
        for (int slot = 0; slot < connections.limit(); slot++) {
            Connection connection = connections.at(slot);
            busy += connection != null && outbound.waiting(connection) > 0 ? 1 : 0;
        }
        boolean waits =
                draining && awaited != null && awaited.any(context.clock().nanoTime());
        return busy + (waits ? 1 : 0);
    }

    @Override
    public void stop() {
        stopped = true;
        sweep.stop();
        if (listener != null) {
            listener.stop();
        } else {
            dialer.stop();
        }
        closeAll(CloseReason.STOPPED);
        outbound.release();
        reads.close();
        closeLines.close();
    }

    private void closeAll(CloseReason reason) {
        for (int slot = 0; slot < connections.limit(); slot++) {
            Connection connection = connections.at(slot);
            if (connection != null) {
                outbound.flush(connection);
                connection.close(reason);
            }
        }
    }

    @Override
    public void onSignal(Signal signal) {
        if (signal instanceof Signal.ConnAsk ask) {
            connections.tell(context.name(), ask.taker());
        } else if (signal instanceof Signal.ConnClose close
                && ConnIds.gearOrdinal(close.connId()) == (context.ordinal() & 0xFF)
                && ConnIds.strip(close.connId()) == context.strip()) {
            Connection connection = connections.find(close.connId());
            if (connection != null) {
                connection.close(CloseReason.SIGNAL);
                close.closed().run();
            }
        }
    }

    @Override
    public void onUp(Connection connection) {
        long id = connections.add(connection);
        if (id < 0) {
            connection.close(CloseReason.TOO_MANY);
            return;
        }
        connection.id(id);
        connection.lastReadNs = context.clock().nanoTime();
        links.add(connection);
        metrics.opened.increment();
        metrics.connections.add(1);
        if (connection.link != Connection.ACCEPTED) {
            dialer.up(connection.link);
        }
        context.signal(new Signal.ConnUp(context.ordinal(), id));
    }

    @Override
    public void onBytes(Connection connection, ByteBuf bytes) {
        inbound.read(connection, bytes);
        if (context.pressured()) {
            inbound.pause(connection);
        }
        if (inbound.hasHeld() && !retryPending) {
            retryNs = RETRY_NS;
            scheduleRetry();
        }
    }

    @Override
    public void onWritable(Connection connection) {
        outbound.flush(connection);
    }

    @Override
    public void onDown(Connection connection, CloseReason reason) {
        metrics.closed(reason).increment();
        inbound.forget(connection);
        outbound.forget(connection);
        if (connection.link == Connection.ACCEPTED) {
            shared.leave();
        }
        if (connection.place >= 0) {
            links.remove(connection);
            connections.remove(connection);
            metrics.connections.add(-1);
            if (!stopped) {
                context.signal(new Signal.ConnDown(context.ordinal(), connection.id(), reason.label()));
            }
        }
        closeLines.tell(connection, reason);
        if (connection.link != Connection.ACCEPTED) {
            dialer.down(connection.link);
        }
    }

    private void accept(Channel channel) {
        InetSocketAddress peer = ((SocketChannel) channel).remoteAddress();
        CloseReason refused = null;
        if (peer == null) {
            refused = CloseReason.PEER_RESET;
        } else if (!settings.allow().allows(peer.getAddress())) {
            refused = CloseReason.NOT_ALLOWED;
        } else if (draining || !shared.admit()) {
            refused = draining ? CloseReason.STOPPED : CloseReason.TOO_MANY;
        }
        if (refused != null) {
            metrics.closed(refused).increment();
            channel.unsafe().closeForcibly();
            return;
        }
        try {
            open(channel, Connection.ACCEPTED);
        } catch (RuntimeException | LinkageError failed) { // told by the listener, once in a while
            channel.unsafe().closeForcibly();
            shared.leave();
            throw failed;
        }
    }

    private void connect(int link, InetSocketAddress peer) {
        Channel channel = null;
        try {
            channel = SocketOptions.open(context.sockets().clientChannel());
            open(channel, link);
        } catch (RuntimeException | LinkageError failed) { // without descriptors classes may not load either
            if (channel != null) {
                channel.unsafe().closeForcibly();
            }
            metrics.connectFailures.increment();
            throw failed;
        }
        connect(channel, link, peer);
    }

    @SuppressWarnings("FutureReturnValueIgnored") // a channel that did not connect has nothing to tell by closing
    private void connect(Channel channel, int link, InetSocketAddress peer) {
        channel.connect(peer).addListener(done -> {
            if (!done.isSuccess()) {
                metrics.connectFailures.increment();
                channel.close();
                dialer.failed(link, SocketReason.of(done.cause()));
            }
        });
    }

    private void open(Channel channel, int link) {
        boolean encrypted = settings.tls() != null;
        SocketOptions.connection(channel, settings, encrypted ? null : reads);
        if (encrypted) {
            channel.pipeline().addLast(tls(channel));
        }
        channel.pipeline().addLast(new Connection(this, channel, link, encrypted));
        SocketOptions.register(channel, context.sockets().eventLoop());
    }

    private SslHandler tls(Channel channel) {
        TlsSettings tls = settings.tls();
        if (settings.server()) {
            return tls.context().newHandler(channel.alloc());
        }
        String host = tls.serverName() == null ? settings.address().host() : tls.serverName();
        SslHandler handler = tls.context()
                .newHandler(channel.alloc(), host, settings.address().port());
        SSLEngine engine = handler.engine();
        SSLParameters parameters = engine.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        engine.setSSLParameters(parameters);
        handler.setHandshakeTimeoutMillis(settings.connectTimeoutMs());
        return handler;
    }

    private void retryNow() {
        retryHeld(context.clock().nanoTime());
    }

    /** Whether something was sent, and held frames of which the wheel had no room for a retry. */
    private void lookAfter(long nowNs) {
        if (awaited != null) {
            awaited.look(nowNs);
        }
        if (inbound.hasHeld() && !retryPending) {
            retryHeld(nowNs);
        }
    }

    private void retryHeld(long nowNs) {
        retryPending = false;
        if (!context.pressured()) {
            long before = metrics.framesIn.get();
            inbound.retryHeld(nowNs);
            retryNs = metrics.framesIn.get() > before ? RETRY_NS : Math.min(2 * retryNs, RETRY_MAX_NS);
        }
        if (inbound.hasHeld()) {
            scheduleRetry();
        }
    }

    /** When rings have room again; where something else was full, a moment later, or with the sweep if the wheel is full, too. */
    private void scheduleRetry() {
        if (context.pressured()) {
            retryPending = true;
            context.whenRelieved(retryNow);
            return;
        }
        retryPending = retry.schedule(context.clock().nanoTime() + retryNs, 0) != Timers.FULL;
    }
}
