package io.fluxrig.engine.rack.api;

import io.fluxrig.engine.strip.FaultLog;
import io.fluxrig.perf.clock.Clock;
import org.slf4j.Logger;

/**
 * Says why the HTTP window could not answer, at most once an interval however often that is: which exception and where, never its message or
 * what was asked. Any thread.
 */
final class AnswerFaults {
    private static final long INTERVAL_NS = 10_000_000_000L;

    private final Logger log;
    private final Clock clock;
    private long nextNs;
    private long unsaid;
    private boolean saidBefore;

    AnswerFaults(Logger log, Clock clock) {
        this.log = log;
        this.clock = clock;
    }

    synchronized void failed(Throwable e) {
        long nowNs = clock.nanoTime();
        if (saidBefore && nowNs - nextNs < 0) {
            unsaid++;
            return;
        }
        String more = unsaid == 0 ? "" : " (" + unsaid + " more since the last line)";
        log.error("failed on a request to the HTTP window: {}{}", FaultLog.describe(e), more);
        saidBefore = true;
        unsaid = 0;
        nextNs = nowNs + INTERVAL_NS;
    }
}
