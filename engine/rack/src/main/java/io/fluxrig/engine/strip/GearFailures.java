package io.fluxrig.engine.strip;

import io.fluxrig.perf.count.Counter;

/** What the copies of one gear on one strip let out: counted in one counter, told now and then. Strip thread only. */
final class GearFailures {
    private final String gear;
    private final Counter total;
    private final FaultLog log;
    private final int inRowMax;

    /** @param inRowMax failures of one copy in a row before it counts as failing */
    GearFailures(String gear, Counter total, FaultLog log, int inRowMax) {
        this.gear = gear;
        this.total = total;
        this.log = log;
        this.inRowMax = inRowMax;
    }

    String gear() {
        return gear;
    }

    long total() {
        return total.get();
    }

    /** Whether a copy that failed so often in a row counts as failing. Any thread. */
    boolean tooMany(int inRow) {
        return inRow >= inRowMax;
    }

    /** @param inRow how often that copy has failed in a row now */
    void add(Throwable thrown, String during, int inRow) {
        total.increment();
        log.failed(thrown, during, tooMany(inRow));
    }
}
