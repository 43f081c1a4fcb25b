package io.fluxrig.engine.simulation;

import io.fluxrig.engine.gear.Gear;
import io.fluxrig.engine.gear.GearContext;
import io.fluxrig.engine.gear.Outcome;
import io.fluxrig.engine.gear.Output;
import io.fluxrig.engine.gear.Signal;
import io.fluxrig.engine.gear.Timers;
import io.fluxrig.transport.msg.FluxMsg;
import io.fluxrig.transport.msg.MetaKey;
import java.util.Arrays;
import java.util.List;

/**
 * Stands for {@code io_iso8583} in the simulation and keeps its promises: answers go to their own connection, over another
 * strip if that owns it; a client's requests take a link of this strip in turn, else one of another strip; a frame that finds
 * no room is held and offered again. What has come over a ring and finds its connection full waits there, since the strip
 * that sent it cannot be told any more; beyond {@value #WAITING_MAX} it is lost.
 */
final class SimIo implements Gear {
    static final int IN_PEER = 1;

    private static final long RETRY_NS = 1_000_000;
    private static final int WAITING_MAX = 8;

    private final GearContext context;
    private final SimNet net;
    private final boolean server;
    private final Output out;
    private final Output[] peers;
    private final Timers.Source retry;
    private final FluxMsg message = new FluxMsg();
    private int turn;
    private int holding;

    SimIo(GearContext context, SimNet net) {
        this.context = context;
        this.net = net;
        this.server = context.config().text("mode").equals("server");
        this.out = context.output("out");
        this.peers = new Output[context.stripCount()];
        for (int strip = 0; strip < peers.length; strip++) {
            peers[strip] = context.peer(strip, "in_peer");
        }
        this.retry = context.timers().source((nowNs, linkId) -> offerAgain(net.find(linkId)));
        net.register(context.name(), context.strip(), this);
        context.linkReport().up(0);
    }

    @Override
    public int onMessage(int inPort, FluxMsg sent) {
        long connId = sent.meta().number(MetaKey.CONN_ID, 0);
        boolean forwarded = inPort == IN_PEER;
        if (connId != 0 && (connId >>> 48 & 0xFF) == context.ordinal()) {
            return reply(connId, sent, forwarded);
        }
        return server ? Outcome.LINK_DOWN : choose(sent, forwarded);
    }

    /** Bytes of one message have come in on a link of this strip. */
    void receive(SimLink link, byte[] bytes) {
        if (!link.up) {
            return;
        }
        if (!link.held.isEmpty() || !offer(link, bytes)) {
            hold(link, bytes);
        }
    }

    void linksChanged() {
        context.linkReport().up(net.up(context.name(), context.strip()).size());
    }

    @Override
    public int inFlight() {
        return holding;
    }

    @Override
    public void onSignal(Signal signal) {
        if (signal instanceof Signal.ConnClose close) {
            SimLink link = net.find(close.connId());
            if (link != null && link.up && link.gear.equals(context.name()) && link.strip == context.strip()) {
                close(link);
                link.peer.onClosed(link);
            }
        }
    }

    /** The link is gone, whoever closed it. */
    void close(SimLink link) {
        link.up = false;
        holding -= link.held.size();
        link.held.clear();
        link.waiting.clear();
        linksChanged();
        net.forget(link);
    }

    private int reply(long connId, FluxMsg sent, boolean forwarded) {
        int strip = (int) (connId >>> 56);
        if (strip == context.strip()) {
            SimLink link = net.find(connId);
            return link == null ? Outcome.LINK_DOWN : send(link, sent, forwarded);
        }
        return forwarded ? Outcome.LINK_DOWN : peers[strip].emit(sent);
    }

    private int choose(FluxMsg sent, boolean forwarded) {
        List<SimLink> own = net.up(context.name(), context.strip());
        for (int i = 0; i < own.size(); i++) {
            turn = (turn + 1) % own.size();
            int outcome = send(own.get(turn), sent, forwarded);
            if (outcome != Outcome.FULL) {
                return outcome;
            }
        }
        for (int i = 1; i < peers.length && !forwarded; i++) {
            int strip = (context.strip() + i) % peers.length;
            if (context.linkReport().upOn(strip) > 0) {
                return peers[strip].emit(sent);
            }
        }
        return own.isEmpty() ? Outcome.LINK_DOWN : Outcome.FULL;
    }

    /** The peer takes bytes again: those that waited come first. */
    void relieved(SimLink link) {
        while (!link.waiting.isEmpty()) {
            net.carry(link, link.waiting.remove());
        }
    }

    private int send(SimLink link, FluxMsg sent, boolean forwarded) {
        if (!link.up) {
            return Outcome.LINK_DOWN;
        }
        boolean waits = link.full && forwarded && link.waiting.size() < WAITING_MAX;
        if (link.full && !waits) {
            if (forwarded) {
                net.lost(link);
            }
            return Outcome.FULL;
        }
        int from = sent.rawOffset();
        byte[] bytes = Arrays.copyOfRange(sent.raw(), from, from + sent.rawLength());
        if (waits) {
            link.waiting.add(bytes);
        } else {
            net.carry(link, bytes);
        }
        return Outcome.ACCEPTED;
    }

    private boolean offer(SimLink link, byte[] bytes) {
        message.clear();
        message.id(context.ids().next());
        message.tsEpochNs(context.clock().epochNanos());
        message.raw(bytes, 0, bytes.length);
        message.meta().set(MetaKey.CONN_ID, link.id);
        message.meta().set(MetaKey.FLUXRIG_SOURCE, context.name());
        int outcome = out.emit(message);
        if (outcome == Outcome.FULL || outcome == Outcome.DRAINING) {
            return false;
        }
        if (outcome == Outcome.ACCEPTED) {
            net.taken(bytes);
        } else {
            net.notTaken(link);
        }
        return true;
    }

    private void hold(SimLink link, byte[] bytes) {
        link.held.add(bytes);
        holding++;
        if (link.held.size() == 1) {
            retry.schedule(context.clock().nanoTime() + RETRY_NS, link.id);
        }
    }

    private void offerAgain(SimLink link) {
        if (link == null || !link.up) {
            return;
        }
        while (!link.held.isEmpty() && offer(link, link.held.peek())) {
            link.held.remove();
            holding--;
        }
        if (!link.held.isEmpty()) {
            retry.schedule(context.clock().nanoTime() + RETRY_NS, link.id);
        }
    }
}
