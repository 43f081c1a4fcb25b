package io.fluxrig.mixer.enrol;

import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts messages that prove nothing, and logs one each 10 s at most. Desk only, but for the count. */
final class Drops {
    private static final Logger LOG = LoggerFactory.getLogger(Drops.class);
    private static final long SPARING_MS = 10_000;

    private final InstantSource clock;
    private final AtomicLong count = new AtomicLong();
    private long toldMs;

    Drops(InstantSource clock) {
        this.clock = clock;
    }

    /** @param what it was, without anything that it holds */
    void add(String what) {
        long now = clock.millis();
        long dropped = count.incrementAndGet();
        if (now - toldMs >= SPARING_MS) {
            toldMs = now;
            LOG.warn("dropped {} ({} dropped so far)", what, dropped);
        }
    }

    /** Any thread. */
    long count() {
        return count.get();
    }
}
