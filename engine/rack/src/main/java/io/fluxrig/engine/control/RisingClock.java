package io.fluxrig.engine.control;

import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;

/** Milliseconds since 1970 that rise with each call, also where the machine's clock does not. Any thread. */
public final class RisingClock {
    private final InstantSource clock;
    private final AtomicLong last = new AtomicLong();

    public RisingClock(InstantSource clock) {
        this.clock = clock;
    }

    /**
     * When a message is written. A clock that was ahead once leaves the order ahead of it for good, and the time of writing right.
     *
     * @param atMs later than whatever was given before: the order of messages
     * @param writtenMs what the machine's clock says
     */
    public record Moment(long atMs, long writtenMs) {}

    /** The moment of the next message. */
    public Moment next() {
        long now = clock.millis();
        return new Moment(last.updateAndGet(before -> Math.max(before + 1, now)), now);
    }

    /** Later than whatever it gave before. */
    public long nextMs() {
        return next().atMs();
    }
}
