package io.fluxrig.engine.agent;

import io.fluxrig.engine.rack.RackMixer;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.function.BooleanSupplier;
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
    private static final long NONE = -1;
    private static final long MS_PER_SECOND = 1_000;

    private final InstantSource clock;
    private final BooleanSupplier connected;
    private long heardMs;
    /** Of the first hello that is not answered yet. */
    private long askedMs = NONE;

    /** Since when there is a connection to NATS. */
    private long connectedMs;

    private boolean told;
    private volatile long awaySinceMs;

    /** @param connected whether there is a connection to NATS; asked by any thread */
    MixerWatch(InstantSource clock, BooleanSupplier connected) {
        this.clock = clock;
        this.connected = connected;
        this.heardMs = clock.millis();
        this.connectedMs = heardMs;
    }

    /** Something was said that a mixer answers, or what it says cannot come. */
    void asked() {
        askedMs = askedMs == NONE ? clock.millis() : askedMs;
    }

    /** The mixer said something that was believed. */
    void heard() {
        if (told) {
            told = false;
            LOG.info("the mixer is there again, after {} s", (long) awaySeconds());
        }
        heardMs = clock.millis();
        askedMs = NONE;
        awaySinceMs = 0;
    }

    /** Whether the mixer has answered whatever it was asked. */
    boolean answers() {
        return askedMs == NONE;
    }

    /** Looks at the clock. */
    void turn() {
        long now = clock.millis();
        if (!connected()) {
            asked();
            connectedMs = now;
        }
        if (askedMs == NONE || now - askedMs < AWAY_MS) {
            return;
        }
        awaySinceMs = heardMs;
        if (now - connectedMs >= AWAY_MS && !told) {
            told = true;
            LOG.warn(
                    "no mixer answers over NATS, which is there: not heard of since {}. This rack runs on as it is, and gets no order, no"
                            + " scenario and no passport meanwhile; start the mixer, or look at its log",
                    Instant.ofEpochMilli(heardMs).truncatedTo(ChronoUnit.SECONDS));
        }
    }

    @Override
    public boolean connected() {
        return connected.getAsBoolean();
    }

    @Override
    public long awaySinceMs() {
        return awaySinceMs;
    }

    @Override
    public double awaySeconds() {
        long since = awaySinceMs;
        return since == 0 ? 0 : (double) Math.max(0, clock.millis() - since) / MS_PER_SECOND;
    }
}
