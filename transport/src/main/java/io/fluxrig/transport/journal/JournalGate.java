package io.fluxrig.transport.journal;

import java.util.concurrent.locks.LockSupport;

/**
 * Whether a journal takes records, and how its thread is woken: written by the journal's thread, read by every strip. A strip
 * that wakes a thread which is not asleep pays one volatile load.
 */
final class JournalGate {
    /** Records are taken. */
    static final int OPEN = 0;
    /** There has been no space for too long: records are refused until there is. */
    static final int STALLED = 1;
    /** The journal has failed or was closed: records are refused for good. */
    static final int FAILED = 2;

    private volatile int state = OPEN;
    private volatile boolean asleep;
    private volatile Thread thread;

    int state() {
        return state;
    }

    void state(int next) {
        state = next;
    }

    void thread(Thread journal) {
        thread = journal;
    }

    /** Any thread: has the journal look at its rings. */
    void wake() {
        if (asleep) {
            LockSupport.unpark(thread);
        }
    }

    /** The journal's thread is about to look a last time before it sleeps. */
    void beforeSleep() {
        asleep = true;
    }

    void sleep(long nanos) {
        LockSupport.parkNanos(this, nanos);
    }

    void afterSleep() {
        asleep = false;
    }
}
