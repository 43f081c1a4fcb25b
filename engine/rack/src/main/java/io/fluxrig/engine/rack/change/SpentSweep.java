package io.fluxrig.engine.rack.change;

import io.fluxrig.engine.rack.strips.RackStrips;
import io.fluxrig.engine.strip.Strip;
import io.vertx.core.Vertx;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stops what changes replaced as it is spent: looks every 100 ms for as long as anything is left. One sweep at a time however many
 * changes ask for it. Any thread.
 */
final class SpentSweep {
    /** Sweeps that may fail one after the other before it is left to the next change. */
    static final int FAILURES_MAX = 10;

    private static final Logger LOG = LoggerFactory.getLogger(SpentSweep.class);
    private static final long EVERY_MS = 100;

    private final Vertx vertx;
    private final RackStrips strips;
    /** Changes since the last sweep that found nothing left; whoever raises it from 0 sweeps. */
    private final AtomicInteger asked = new AtomicInteger();

    private final AtomicLong failed = new AtomicLong();

    SpentSweep(Vertx vertx, RackStrips strips) {
        this.vertx = vertx;
        this.strips = strips;
    }

    /** A change has replaced something. */
    void begin() {
        if (asked.getAndIncrement() == 0) {
            sweep(0);
        }
    }

    /** Sweeps that some strip did not make. */
    long failed() {
        return failed.get();
    }

    private void sweep(int failuresInRow) {
        int changes = asked.get();
        strips.sum(Strip::sweep).onComplete(swept -> {
            int failures = swept.succeeded() ? 0 : failuresInRow + 1;
            if (swept.failed()) {
                failed.incrementAndGet();
            }
            boolean left = swept.failed() || swept.result() > 0;
            if (left && failures < FAILURES_MAX) {
                vertx.setTimer(EVERY_MS, timer -> sweep(failures));
                return;
            }
            if (left) {
                LOG.error(
                        "what was replaced could not be stopped {} times in a row ({}); it stays until the next change",
                        failures,
                        swept.cause().toString());
            }
            if (!asked.compareAndSet(changes, 0)) { // another change has come in between
                sweep(0);
            }
        });
    }
}
