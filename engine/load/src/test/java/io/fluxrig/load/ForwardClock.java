package io.fluxrig.load;

import io.fluxrig.perf.clock.Clock;
import java.util.concurrent.atomic.AtomicLong;

/** The system's clock, which a test may put forward so that nobody waits for what will not come. Any thread. */
final class ForwardClock implements Clock {
    private final AtomicLong aheadNs = new AtomicLong();

    void putForward(long ns) {
        aheadNs.addAndGet(ns);
    }

    @Override
    public long nanoTime() {
        return Clock.system().nanoTime() + aheadNs.get();
    }

    @Override
    public long epochNanos() {
        return Clock.system().epochNanos() + aheadNs.get();
    }
}
