package io.fluxrig.engine.scenario;

import java.util.concurrent.TimeUnit;

/**
 * A pace that leaves the cores to those who are in a hurry: a moment's work, then a longer rest.
 *
 * <p>A thread that computes on and on is not taken off its core when another one wakes up, but at the system's next tick, which are 4 ms
 * apart as a rule. Where reading a scenario, a compiler of the JVM and a strip share two cores, each such wait is a request's. One
 * thread.
 */
public final class Unhurried implements Pace {
    private static final long WORK_NS = TimeUnit.MICROSECONDS.toNanos(250);
    private static final long REST_MS = 1;

    private long sinceNs = System.nanoTime();

    @Override
    public void breathe() {
        if (System.nanoTime() - sinceNs < WORK_NS) {
            return;
        }
        try {
            TimeUnit.MILLISECONDS.sleep(REST_MS);
        } catch (InterruptedException e) { // then without rests, to whoever looks at it
            Thread.currentThread().interrupt();
        }
        sinceNs = System.nanoTime();
    }
}
