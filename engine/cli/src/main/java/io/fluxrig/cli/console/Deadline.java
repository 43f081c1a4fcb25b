package io.fluxrig.cli.console;

import java.time.Duration;

/** The end of a wait, whatever it is made of: each part of it draws on what is left. Any thread. */
public final class Deadline {
    private final Time time;
    private final long endNs;

    Deadline(Time time, long endNs) {
        this.time = time;
        this.endNs = endNs;
    }

    /** Zero once it is over. */
    public Duration left() {
        return Duration.ofNanos(Math.max(0, endNs - time.clock().nanoTime()));
    }

    /** Whether less than a millisecond is left, which is too little to wait for anything. */
    public boolean isOver() {
        return left().toMillis() == 0;
    }

    /** Sleeps so long, or for what is left. */
    public void sleep(long ms) throws InterruptedException {
        time.sleep().during(Math.min(ms, left().toMillis()));
    }
}
