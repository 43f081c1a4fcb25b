package io.fluxrig.engine.gears.io;

import io.fluxrig.engine.gear.GearContext;
import io.fluxrig.engine.gear.Outcome;
import io.fluxrig.engine.gear.Output;
import io.fluxrig.transport.msg.FluxMsg;
import io.fluxrig.transport.msg.MetaKey;
import java.util.function.IntPredicate;

/**
 * Which connection a message leaves on.
 *
 * <p>A message with a {@code conn.id} of this gear answers something that came from that connection and goes there, over
 * another strip if that owns it. A message without one takes a link of this strip in turn, else one of another strip. One with a
 * connection of another gear is left to that gear where both are offered it, so that an encoder may be wired to several; else it is
 * a copy, and takes a client's link in turn. So does one of another rack's connection ({@code conn.rack}). Both are nothing to a server. What another
 * strip forwarded here goes no further: it ends on a connection, which holds more for it than for what is sent on this strip,
 * or in a counter. Strip thread only.
 */
final class Routing {
    private final int strip;
    private final int gearOrdinal;
    private final IoSettings settings;
    private final IoMetrics metrics;
    private final ConnectionTable connections;
    private final Links links;
    private final Outbound outbound;
    private final Output[] peers;
    private final IntPredicate offeredTo;

    Routing(
            GearContext context,
            IoSettings settings,
            IoMetrics metrics,
            ConnectionTable connections,
            Links links,
            Outbound outbound) {
        strip = context.strip();
        gearOrdinal = context.ordinal() & 0xFF;
        this.settings = settings;
        this.metrics = metrics;
        this.connections = connections;
        this.links = links;
        this.outbound = outbound;
        offeredTo = context.offeredTo();
        peers = new Output[context.stripCount()];
        for (int other = 0; other < peers.length; other++) {
            peers[other] = context.peer(other, "in_peer");
        }
    }

    /**
     * Sends the message.
     *
     * @param forwarded whether another strip handed it over, after its sender was told that it is taken
     * @return see {@link Outcome}
     */
    int route(FluxMsg message, boolean forwarded) {
        long connId = message.meta().number(MetaKey.CONN_ID, 0);
        int outcome;
        boolean ours = false;
        if (connId == 0) {
            outcome = choose(message, forwarded);
        } else if (message.meta().has(MetaKey.CONN_RACK)) {
            outcome = fromAfar(message, forwarded);
        } else if (ConnIds.gearOrdinal(connId) == gearOrdinal) {
            ours = true;
            outcome = reply(connId, message, forwarded);
        } else {
            outcome = fromAnother(connId, message, forwarded);
        }
        if (forwarded && outcome == Outcome.FULL) {
            metrics.tooMuch.increment();
        } else if (forwarded && outcome == Outcome.LINK_DOWN && !ours) {
            metrics.lostLinks.increment();
        }
        return outcome;
    }

    /** A connection that another rack accepted, or this one before it was restarted: a client's message is as good as new. */
    private int fromAfar(FluxMsg message, boolean forwarded) {
        boolean answer = settings.server() && settings.strictRouting();
        return answer ? Outcome.ELSEWHERE : choose(message, forwarded);
    }

    /**
     * A connection of another gear: if that one is offered the message, too, it is the answer that it waits for. What another strip of
     * this gear hands over has been found to be a copy there.
     */
    private int fromAnother(long connId, FluxMsg message, boolean forwarded) {
        boolean answer = settings.server() || !forwarded && offeredTo.test(ConnIds.gearOrdinal(connId));
        return settings.strictRouting() && answer ? Outcome.ELSEWHERE : choose(message, forwarded);
    }

    private int reply(long connId, FluxMsg message, boolean forwarded) {
        int owner = ConnIds.strip(connId);
        if (owner == strip) {
            Connection connection = connections.find(connId);
            if (connection != null && connection.isUp()) {
                return outbound.send(connection, message, true, forwarded);
            }
        } else if (!forwarded && owner < peers.length) {
            return peers[owner].emit(message);
        }
        metrics.strayReplies.increment();
        return settings.strictRouting() ? Outcome.GONE : choose(message, forwarded);
    }

    /** A server never guesses which client a message is for, unless strict routing is off. */
    private int choose(FluxMsg message, boolean forwarded) {
        if (settings.server() && settings.strictRouting()) {
            return Outcome.LINK_DOWN;
        }
        for (int i = links.size(); i > 0; i--) {
            int outcome = outbound.send(links.next(), message, false, forwarded);
            if (outcome != Outcome.FULL && outcome != Outcome.LINK_DOWN) {
                return outcome;
            }
        }
        int other = forwarded ? -1 : links.nextStrip();
        if (other >= 0) {
            return peers[other].emit(message);
        }
        return links.size() > 0 ? Outcome.FULL : Outcome.LINK_DOWN;
    }
}
