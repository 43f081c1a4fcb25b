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

    /** Later than whatever it gave before. */
    public long nextMs() {
        long now = clock.millis();
        return last.updateAndGet(before -> Math.max(before + 1, now));
    }
}
