package io.fluxrig.transport.snake.wire;

import io.fluxrig.perf.clock.Clock;
import io.fluxrig.transport.snake.nats.Bus;
import io.fluxrig.transport.snake.nats.BusMessage;
import io.fluxrig.transport.snake.nats.SparingLog;
import java.util.List;
import java.util.Random;
import org.slf4j.Logger;

/**
 * Sees to the consumer that a receiving end takes from: whether it is there, may be used and is led. It is looked for, and made where it is missing, over
 * each new connection, and whenever there is a doubt: nobody was heard, a request ended at once, or it was forgotten by {@link StrandedWatch}.
 *
 * <p>The wire's thread only; {@link #doubt} and {@link #see} wait for NATS now and then.
 */
final class ConsumerCare {
    private static final long RETRY_NS = 500_000_000;
    /** Until another wire may have its answer. */
    private static final long ASKED_FOR_NS = 50_000_000;

    private final ReceiverSettings settings;
    private final Bus bus;
    private final Runnable asks;
    private final Clock clock;
    private final Logger log;
    private final StrandedWatch stranded;
    private final RightsWatch rights;
    private final SparingLog trouble;
    private long connection = Bus.DOWN;
    private boolean there;
    private long dueNs;
    /** Requests in a row that ended at once, before anything was heard. */
    private int refused;
    /** Whether NATS was waited for since {@link #doubt}: once is as long as a turn may take. */
    private boolean asked;

    /**
     * @param asks run before a question that NATS is waited for; there is one in a turn
     * @param random spreads what receivers ask the servers for
     */
    ConsumerCare(
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
        this.log = log;
        this.stranded = new StrandedWatch(settings, bus, this::asks, random, clock, figures, log);
        this.rights = rights(settings, bus, figures);
        this.trouble = new SparingLog(clock);
        this.dueNs = clock.nanoTime();
    }

    private static RightsWatch rights(ReceiverSettings settings, Bus bus, SnakeFigures figures) {
        String consumer = settings.consumer();
        return new RightsWatch(
                bus,
                figures,
                List.of(
                        Bus.STREAM_INFO,
                        Bus.CONSUMER_INFO + consumer,
                        Bus.CONSUMER_CREATE + consumer + "." + settings.subject(),
                        Bus.CONSUMER_NEXT + consumer),
                List.of(
                        new RightsWatch.Quiet(Bus.ACK, RightsWatch.QUIET_NS),
                        new RightsWatch.Quiet(Bus.CONFIRM, RightsWatch.QUIET_NS),
                        new RightsWatch.Quiet(Bus.CONSUMER_DELETE + consumer, RightsWatch.SELDOM_NS)));
    }

    private void asks() {
        asked = true;
        asks.run();
    }

    /** Whether there is a connection; over another one than before all is to be looked for anew. */
    boolean connected(long nowNs) {
        long now = bus.connection();
        if (now != connection) {
            connection = now;
            there = false;
            stranded.served(nowNs);
            rights.anew();
        }
        return now != Bus.DOWN;
    }

    /**
     * Notes what makes it doubtful that the consumer is there, and forgets one that is of no use.
     *
     * @param silent whether nobody was heard for longer than somebody should be
     */
    void doubt(boolean silent, long nowNs) {
        asked = false;
        if (stranded.forgetsMute(nowNs)) {
            there = false;
        }
        if (asked) {
            return;
        }
        if (there && silent) {
            rights.look(nowNs);
            there = false;
        }
        if (there && stranded.forgets(nowNs)) {
            there = false;
        }
    }

    /** Looks for the consumer, where that is due; whether it did: requests of before are over then. */
    boolean see(long nowNs) {
        if (there || asked || nowNs - dueNs < 0) {
            return false;
        }
        dueNs = nowNs + RETRY_NS;
        asks();
        String fault = bus.ensureConsumer(settings.subject(), settings.consumer(), settings.inFlightMax());
        there = fault == null;
        if (there) {
            stranded.made(clock.nanoTime());
        } else if (fault.equals(Bus.ASKED_FOR)) {
            dueNs = nowNs + ASKED_FOR_NS;
        } else {
            rights.look(nowNs);
            if (trouble.due()) {
                log.warn("{}: nothing can be received: {}; tried again", settings.subject(), fault);
            }
        }
        return true;
    }

    /** Whether messages can be asked for. */
    boolean isThere() {
        return there;
    }

    /** Something came that was asked for, or the word that no server takes requests. */
    void heard(boolean nobody, long nowNs) {
        stranded.heard(nobody, nowNs);
        rights.well(nowNs);
    }

    /** Nothing is asked for at present, so that nobody would be heard. */
    void idle(long nowNs) {
        stranded.served(nowNs);
        rights.well(nowNs);
    }

    /** Now and then, whatever is heard. */
    void lookAtRights(long nowNs) {
        rights.lookAtQuiet(nowNs);
    }

    /** Messages come, or would if there were any. */
    void served() {
        refused = 0;
        if (trouble.over()) {
            log.info("{}: messages can be received again", settings.subject());
        }
    }

    /** A request ended at once: the consumer may be gone, and the next one would end at once as well. */
    void refused(BusMessage end) {
        there = false;
        refused++;
        if (refused > 1 && trouble.due()) { // one alone is what a new leader sends, or a server that stops
            log.warn(
                    "{}: nothing is received: NATS ends each request for messages at once: {} {}; tried again",
                    settings.subject(),
                    end.status(),
                    end.statusText());
        }
    }
}
