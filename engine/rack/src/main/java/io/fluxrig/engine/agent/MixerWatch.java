package io.fluxrig.engine.agent;

import io.fluxrig.engine.rack.api.RackMixer;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notices at a rack that its mixer says nothing any more: a hello that nobody answers, or no way to say one. Tells people where NATS is there and the
 * mixer is not; that NATS is away its client tells.
 *
 * <p>Threading: what is {@link RackMixer} on any thread, the rest on the agent's.
 */
final class MixerWatch implements RackMixer {
    /** A mixer that is started again, or another one that takes over, answers within that time. */
    static final long AWAY_MS = 15_000;

    private static final Logger LOG = LoggerFactory.getLogger(MixerWatch.class);
    private static final long NS_PER_MS = 1_000_000;
    private static final double MS_PER_SECOND = 1_000;

    /** What people are shown only: it may be set. */
    private final InstantSource clock;

    private final LongSupplier clockNs;
    private final BooleanSupplier connected;
    private final LongSupplier dropped;
    /** When the mixer was heard of last, ms since 1970; a rack's start before. */
    private long heardMs;
    /** When the first hello was said that is not answered yet; null if all are. */
    private Moment asked;

    /** Since when there is a connection to NATS, as {@link #nowMs}. */
    private long connectedMs;

    private boolean told;
    /** Since when it is away, which is when it left the first thing unanswered; null if it is not. */
    private volatile Moment away;

    /** By both clocks. */
    private record Moment(long epochMs, long ms) {}

    /**
     * @param clock for people
     * @param clockNs rises evenly, whatever is done to the machine's clock
     * @param connected whether there is a connection to NATS; asked by any thread
     * @param dropped how much came as the mixer's that was not; asked by any thread
     */
    MixerWatch(InstantSource clock, LongSupplier clockNs, BooleanSupplier connected, LongSupplier dropped) {
        this.clock = clock;
        this.clockNs = clockNs;
        this.connected = connected;
        this.dropped = dropped;
        this.heardMs = clock.millis();
        this.connectedMs = nowMs();
    }

    private Moment now() {
        return new Moment(clock.millis(), nowMs());
    }

    private long nowMs() {
        return clockNs.getAsLong() / NS_PER_MS;
    }

    /** Something was said that a mixer answers, or what it says cannot come. */
    void asked() {
        asked = asked == null ? now() : asked;
    }

    /** The mixer said something that was believed. */
    void heard() {
        if (told) {
            told = false;
            LOG.info("the mixer is there again, after {} s", (long) awaySeconds());
        }
        heardMs = clock.millis();
        asked = null;
        away = null;
    }

    /** Whether the mixer has answered whatever it was asked. */
    boolean answers() {
        return asked == null;
    }

    /** Looks at the clock. */
    void turn() {
        long now = nowMs();
        if (!connected()) {
            asked();
            connectedMs = now;
        }
        if (asked == null || now - asked.ms() < AWAY_MS) {
            return;
        }
        away = asked;
        if (now - connectedMs >= AWAY_MS && !told) {
            told = true;
            LOG.warn(
                    "no mixer answers over NATS, which is there: asked in vain since {}, heard of last at {}. This rack runs on as it is, and gets no order, no"
                            + " scenario and no passport meanwhile; start the mixer, or look at its log",
                    toSeconds(asked.epochMs()),
                    toSeconds(heardMs));
        }
    }

    private static Instant toSeconds(long epochMs) {
        return Instant.ofEpochMilli(epochMs).truncatedTo(ChronoUnit.SECONDS);
    }

    @Override
    public boolean connected() {
        return connected.getAsBoolean();
    }

    @Override
    public long awaySinceMs() {
        Moment since = away;
        return since == null ? 0 : since.epochMs();
    }

    @Override
    public double awaySeconds() {
        Moment since = away;
        return since == null ? 0 : (nowMs() - since.ms()) / MS_PER_SECOND;
    }

    @Override
    public long dropped() {
        return dropped.getAsLong();
    }
}
