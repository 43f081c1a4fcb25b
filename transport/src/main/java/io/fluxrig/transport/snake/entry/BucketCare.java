package io.fluxrig.transport.snake.entry;

import io.fluxrig.transport.snake.nats.Bus;
import java.util.concurrent.Executor;
import org.slf4j.Logger;

/** Has somebody else wait for NATS while a bucket is seen to. Any thread; one at a time begins. */
final class BucketCare {
    /** {@link #fault}: it is not known yet. */
    static final String UNDER_WAY = "";

    private final EntrySettings settings;
    private final Bus bus;
    private final Executor executor;
    private final Logger log;
    /** Of the last time that it was asked; guarded by this. */
    private long asks;

    private volatile String fault = UNDER_WAY;
    private volatile long keptNs;

    BucketCare(EntrySettings settings, Bus bus, Executor executor, Logger log) {
        this.settings = settings;
        this.bus = bus;
        this.executor = executor;
        this.log = log;
        this.keptNs = settings.kept().toNanos();
    }

    /** Begins to make the bucket where it is missing; {@link #fault} tells how far that is. */
    synchronized void begin() {
        fault = UNDER_WAY;
        again();
    }

    /** Sees to it once more, and to its copies. */
    synchronized void again() {
        long ask = ++asks;
        executor.execute(() -> answer(ask, see()));
    }

    /** What was asked before the last time, over another connection perhaps, does not count. */
    private synchronized void answer(long ask, String came) {
        if (ask == asks) {
            fault = came;
        }
    }

    private String see() {
        try {
            Bus.Bucket there = bus.ensureBucket(settings.bucket(), settings.kept());
            if (there.fault() == null) {
                keptNs = there.kept().toNanos();
            }
            return there.fault();
        } catch (RuntimeException | Error failed) { // whoever waits for a word would wait for good
            log.warn("{}: the bucket cannot be seen to", settings.bucket(), failed);
            return failed.toString();
        }
    }

    /** {@link #UNDER_WAY}, what is wrong, or null if the bucket is there. */
    String fault() {
        return fault;
    }

    /** How long it keeps entries. */
    long keptNs() {
        return keptNs;
    }
}
