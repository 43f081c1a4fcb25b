package io.fluxrig.engine.control;

import java.time.InstantSource;
import org.slf4j.Logger;

/** Counts messages of the control plane that prove nothing, and logs one each 10 s at most. Any thread. */
public final class Dropped {
    private static final long SPARING_MS = 10_000;

    private final Logger log;
    private final InstantSource clock;
    private long count;
    private long toldMs;

    /** @param log of who was to take them */
    public Dropped(Logger log, InstantSource clock) {
        this.log = log;
        this.clock = clock;
    }

    /** @param what it is, and why it is not believed; nothing that it holds */
    public synchronized void add(String what) {
        long now = clock.millis();
        count++;
        if (now - toldMs >= SPARING_MS) {
            toldMs = now;
            log.warn("dropped {} ({} dropped so far)", what, count);
        }
    }

    /** How many there were. */
    public synchronized long count() {
        return count;
    }
}
