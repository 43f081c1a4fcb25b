package io.fluxrig.transport.snake.wire;

import io.fluxrig.transport.snake.nats.Bus;
import org.slf4j.Logger;

/**
 * Sees to messages that the stream holds and the consumer takes for acknowledged, so that nobody would ever be offered them. A
 * server that is killed remembers its consumers' acknowledgements, and not always that the messages were removed for them; or a
 * stream is put back from an old copy and counts its new messages below what the consumer has seen.
 *
 * <pre>
 *   stream    7 8 9 . . 12 13        8 is held, and acknowledged as the consumer says: stranded
 *   consumer  acknowledged up to 11
 * </pre>
 *
 * Such a message keeps its sender waiting, whose receiver may have died before it could confirm, and takes the stream's room for
 * ever. The consumer is forgotten and made anew, which offers all that the stream holds: what the receiver has had it knows by its
 * ids, acknowledges and confirms again.
 *
 * <p>Not so where racks of a group share the consumer: which of them has had the message only its own ids tell, and another one would
 * pass it on a second time. There it is told, once for each place, and left.
 *
 * <p>The wire's thread only; asks NATS now and then, and waits for the answer.
 */
final class StrandedWatch {
    static final long EVERY_NS = 5_000_000_000L;

    private final ReceiverSettings settings;
    private final Bus bus;
    private final SnakeFigures figures;
    private final Logger log;
    private long told = Bus.NONE;
    private long askedNs;
    private long found = Bus.NONE;

    StrandedWatch(ReceiverSettings settings, Bus bus, long nowNs, SnakeFigures figures, Logger log) {
        this.settings = settings;
        this.bus = bus;
        this.askedNs = nowNs;
        this.figures = figures;
        this.log = log;
    }

    /** Whether the consumer was forgotten and must be made anew. One look may meet an acknowledgement on its way: two do not. */
    boolean forgets(long nowNs) {
        if (nowNs - askedNs < EVERY_NS) {
            return false;
        }
        askedNs = nowNs;
        long before = found;
        found = bus.stranded(settings.subject(), settings.consumer());
        if (found == Bus.NONE || found != before) {
            return false;
        }
        if (settings.shared()) {
            leaveToTheGroup();
            return false;
        }
        String fault = bus.forgetConsumer(settings.consumer());
        if (fault != null) {
            log.warn(
                    "{}: consumer {} cannot be made anew: {}; tried again",
                    settings.subject(),
                    settings.consumer(),
                    fault);
            return false;
        }
        found = Bus.NONE;
        figures.stranded.increment();
        log.warn(
                "{}: the stream held messages that its consumer took for acknowledged, as after a kill of nats-server; they are"
                        + " offered again, and what was had is dropped by its id",
                settings.subject());
        return true;
    }

    private void leaveToTheGroup() {
        if (found == told) {
            return;
        }
        told = found;
        figures.stranded.increment();
        log.error(
                "{}: the stream holds message {}, which one of the group had acknowledged before nats-server died; its sender may wait for a"
                        + " confirmation. Look whether the group has dealt with it, then delete it from the stream flux-msg: it is sent anew",
                settings.subject(),
                found);
    }
}
