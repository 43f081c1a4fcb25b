package io.fluxrig.transport.ends;

import io.fluxrig.perf.clock.Clock;
import java.util.concurrent.locks.LockSupport;

/**
 * Whether a journal, or whoever else carries a wire, takes records, and how its thread is woken: written by that thread, read by
 * every strip. A strip that wakes a thread which is not asleep pays one volatile load.
 */
public final class JournalGate {
    /** Records are taken. */
    public static final int OPEN = 0;
    /** There has been no space for too long: records are refused until there is. */
    public static final int STALLED = 1;
    /** The journal has failed or was closed: records are refused for good. */
    public static final int FAILED = 2;

    /** Of what begins something new: to be offered again. */
    public static final int HELD = 3;

    private final DiskWatch disk;
    private volatile int state = OPEN;
    private volatile int beginnings = OPEN;
    private volatile boolean stuck;
    private volatile Shortage shortage;
    private volatile boolean asleep;
    private volatile Thread thread;

    /** Of one that waits for no disk. */
    public JournalGate() {
        this(Clock.system(), Long.MAX_VALUE);
    }

    /** @param patienceNs how long a disk may not answer before senders are refused */
    public JournalGate(Clock clock, long patienceNs) {
        this.disk = new DiskWatch(clock, patienceNs);
    }

    /** What the thread notes of its steps on a disk. */
    public DiskWatch disk() {
        return disk;
    }

    public int state() {
        return state;
    }

    public void state(int next) {
        state = next;
    }

    /** Whether what begins something new is taken: {@link #OPEN}, {@link #HELD} or {@link #STALLED}. */
    public int beginnings() {
        return beginnings;
    }

    public void beginnings(int next) {
        beginnings = next;
    }

    /**
     * Whether nothing goes on behind the gate, for want of space, of the other side or of an answer from the disk: whoever waits for room in a
     * ring may wait for longer than a strip can.
     */
    public boolean stuck() {
        return stuck || disk.late();
    }

    public void stuck(boolean now) {
        stuck = now;
    }

    /** What the thread says that it lacks; null while there is nothing to tell. */
    public Shortage shortage() {
        return shortage;
    }

    /** Why nothing is taken at present, for people, also where the thread hangs and cannot say so; null while there is nothing to tell. */
    public Shortage lacks() {
        Shortage hangs = state == FAILED ? null : disk.shortage();
        return hangs == null ? shortage : hangs;
    }

    public void shortage(Shortage now) {
        shortage = now;
    }

    /** Before any strip runs: the thread that {@link #wake} wakes. */
    public void thread(Thread carrier) {
        thread = carrier;
    }

    /** Any thread: has the thread look at its rings. Whoever calls next pays nothing again before the thread has run. */
    public void wake() {
        if (asleep) {
            asleep = false;
            LockSupport.unpark(thread);
        }
    }

    /** The thread is about to look a last time before it sleeps. */
    public void beforeSleep() {
        asleep = true;
    }

    public void sleep(long nanos) {
        LockSupport.parkNanos(this, nanos);
    }

    public void afterSleep() {
        asleep = false;
    }
}
