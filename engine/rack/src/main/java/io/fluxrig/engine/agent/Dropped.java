package io.fluxrig.engine.agent;

import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts messages that are not believed, and logs one of them now and then. Any thread. */
final class Dropped {
    private static final Logger LOG = LoggerFactory.getLogger(MixerLink.class);
    private static final long SPARING_MS = 10_000;

    private final InstantSource clock;
    private long count;
    private long toldMs;

    Dropped(InstantSource clock) {
        this.clock = clock;
    }

    /** @param what it is, and why it is not believed */
    synchronized void count(String what) {
        long now = clock.millis();
        count++;
        if (now - toldMs >= SPARING_MS) {
            toldMs = now;
            LOG.warn("dropped {} ({} dropped so far)", what, count);
        }
    }

    /** How many there were. */
    synchronized long total() {
        return count;
    }
}
