package io.fluxrig.cli.console;

import io.fluxrig.perf.clock.Clock;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * The time that a command waits by, so that a test need not wait. Any thread.
 *
 * @param sleep lets time pass on that clock
 */
public record Time(Clock clock, Sleep sleep) {

    /** Waits on the caller's thread. */
    @FunctionalInterface
    public interface Sleep {
        /** @param ms milliseconds, 0 or more */
        void during(long ms) throws InterruptedException;
    }

    /** The machine's own. */
    public static Time real() {
        return new Time(Clock.system(), TimeUnit.MILLISECONDS::sleep);
    }

    /** A wait that begins now, and is over after so long. */
    public Deadline deadline(Duration whole) {
        return new Deadline(this, clock.nanoTime() + whole.toNanos());
    }
}
