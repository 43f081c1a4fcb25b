package io.fluxrig.transport.snake.wire;

import io.fluxrig.perf.clock.Clock;
import io.fluxrig.transport.snake.nats.Bus;
import java.util.Random;
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
 * <p>Of a cluster that has lost a server, the others should agree on a new leader of the consumer. Where they do not for {@link #MUTE_NS} (nats-server
 * 2.9.10 took half a minute now and then, and once no end was seen, after the stream had just been put on more servers), though the stream has one, the
 * consumer is made anew as well. A server says so, or nobody answers two questions about it that this rack may ask: one answer may be late.
 *
 * <p>Where it does not help it is done less and less often ({@link AnewPace}), whichever of the two was the reason.
 *
 * <p>The wire's thread only; asks NATS now and then, and waits for the answer.
 */
final class StrandedWatch {
    static final long EVERY_NS = 5_000_000_000L;
    /** Twice as long as servers take to agree as a rule. */
    static final long MUTE_NS = 10_000_000_000L;
    /** Until a second look where the first had no answer. */
    private static final long MUTE_AGAIN_NS = 3_000_000_000L;
    /** Looks that find the same: one may meet an acknowledgement on its way. */
    private static final int LOOKS = 2;
    /** In a cluster the leaders of stream and consumer answer, each as far as it is. */
    private static final int LOOKS_OF_MANY = 3;

    private final ReceiverSettings settings;
    private final Bus bus;
    private final Runnable asks;
    private final Clock clock;
    private final SnakeFigures figures;
    private final Logger log;
    private final String info;
    private final AnewPace pace;
    private long told = Bus.NONE;
    private long askedNs;
    private long found = Bus.NONE;
    private int looks;
    /** When to look whether anybody leads the consumer. */
    private long muteDueNs;

    private boolean unanswered;
    private boolean toldMute;
    private boolean anew;

    /**
     * @param asks run before a question that NATS is waited for
     * @param random spreads what receivers ask the servers for
     */
    StrandedWatch(
            ReceiverSettings settings,
            Bus bus,
            Runnable asks,
            Random random,
            Clock clock,
            SnakeFigures figures,
            Logger log) {
        this.settings = settings;
        this.bus = bus;
        this.asks = asks;
        this.clock = clock;
        this.askedNs = clock.nanoTime();
        this.muteDueNs = askedNs + MUTE_NS;
        this.pace = new AnewPace(random, askedNs);
        this.figures = figures;
        this.log = log;
        this.info = Bus.CONSUMER_INFO + settings.consumer();
    }

    /** Whether the consumer was forgotten and must be made anew, since the stream holds what it takes for acknowledged. */
    boolean forgets(long nowNs) {
        if (nowNs - askedNs < EVERY_NS) {
            return false;
        }
        askedNs = nowNs;
        if (!look() || found == Bus.NONE || looks < (bus.ofMany() ? LOOKS_OF_MANY : LOOKS)) {
            return false;
        }
        if (settings.shared()) {
            leaveToTheGroup();
            return false;
        }
        if (!pace.allows(nowNs)) {
            return false;
        }
        String fault = forget();
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

    /** Whether the look told anything; one that did not leaves what was found before as it is. */
    private boolean look() {
        asks.run();
        long now = bus.stranded(settings.subject(), settings.consumer());
        if (now == Bus.UNKNOWN) {
            return false;
        }
        looks = now == found ? looks + 1 : 1;
        found = now;
        return true;
    }

    /** Null, or what is wrong. Where there was no answer it may have been forgotten. */
    private String forget() {
        String fault = bus.forgetConsumer(settings.consumer());
        long nowNs = clock.nanoTime(); // it was waited for
        pace.forgotten(nowNs);
        muteDueNs = nowNs + MUTE_NS;
        anew = true;
        return fault;
    }

    /** A message or a heartbeat, or that no server takes requests. */
    void heard(boolean nobody, long nowNs) {
        if (nobody) {
            pace.unwell(nowNs);
        } else {
            pace.heard(nowNs);
            served(nowNs);
        }
    }

    /** Somebody leads the consumer, or may do so over a new connection, or nothing is asked of it, so that nobody would be heard. */
    void served(long nowNs) {
        muteDueNs = nowNs + MUTE_NS;
        unanswered = false;
        toldMute = false;
    }

    /** The consumer is there; one that was made anew has as long to find a leader as the one before. */
    void made(long nowNs) {
        if (anew) {
            anew = false;
            muteDueNs = nowNs + MUTE_NS;
        }
    }

    /** Whether nobody led the consumer for long, so that it was forgotten and must be made anew. */
    boolean forgetsMute(long nowNs) {
        if (nowNs - muteDueNs < 0 || !pace.allows(nowNs) || !isMute(nowNs)) {
            return false;
        }
        if (settings.shared()) {
            tellMute();
            return false;
        }
        // its leader would answer: whether it is gone shows when it is made anew
        forget();
        figures.stranded.increment();
        log.warn(
                "{}: no server of NATS led its consumer for {} s, as after the loss of one; it is made anew, and what was had is dropped by"
                        + " its id",
                settings.subject(),
                MUTE_NS / 1_000_000_000);
        return true;
    }

    private boolean isMute(long nowNs) {
        asks.run();
        boolean before = unanswered;
        long refusals = bus.refusals(info);
        Bus.Lead lead = bus.lead(settings.consumer());
        boolean silence = lead == Bus.Lead.UNANSWERED && bus.refusals(info) == refusals;
        unanswered = silence && !before;
        muteDueNs = nowNs + (unanswered ? MUTE_AGAIN_NS : MUTE_NS);
        return lead == Bus.Lead.NOBODY || silence && before;
    }

    private void tellMute() {
        if (toldMute) {
            return;
        }
        toldMute = true;
        figures.stranded.increment();
        log.error(
                "{}: no server of NATS has led the group's consumer for {} s, and nobody of the group gets anything. Start the server that is"
                        + " missing; if that does not help, delete the consumer {} of the stream flux-msg, and the group makes it anew: what some"
                        + " of it have in hand may come to another one again",
                settings.subject(),
                MUTE_NS / 1_000_000_000,
                settings.consumer());
    }

    private void leaveToTheGroup() {
        if (found == told) {
            return;
        }
        told = found;
        figures.stranded.increment();
        if (settings.confirmed()) {
            log.error(
                    "{}: the stream holds message {}, which one of the group had acknowledged before nats-server died; its sender may wait for a"
                            + " confirmation. Look whether the group has dealt with it, then delete it from the stream flux-msg: it is sent anew",
                    settings.subject(),
                    found);
        } else {
            log.error(
                    "{}: the stream holds message {}, which its consumer takes for acknowledged, as after a kill of nats-server, or where that was"
                            + " put back from a copy: nobody is offered it, and nobody has it besides. Look whether the group has dealt with it."
                            + " If so, delete it from the stream flux-msg; if not, delete the consumer {} there, which the group makes anew: all that the"
                            + " stream holds is offered again, also what some of the group have in hand",
                    settings.subject(),
                    found,
                    settings.consumer());
        }
    }
}
