package io.fluxrig.engine.strip;

import io.fluxrig.engine.gear.Signal;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The signals that wait for one strip.
 *
 * <p>Promise: every signal that was accepted is polled once, those of one sender in the order of their sending; never more
 * than the maximum wait. One that comes while the inbox is full, or while another is just being turned away at the limit, is
 * refused and counted. A signal may count as waiting a moment before {@link #poll} can give it.
 *
 * <p>Threading: any thread offers, the strip's thread polls, nobody waits. Allocates for each signal.
 */
public final class SignalInbox {
    private final int waitingMax;
    private final Queue<Signal> signals = new ConcurrentLinkedQueue<>();
    private final AtomicInteger waiting = new AtomicInteger();
    private final AtomicInteger dropped = new AtomicInteger();

    public SignalInbox(int waitingMax) {
        this.waitingMax = waitingMax;
    }

    /** Whether the signal was taken. Any thread; who gets true sees to it that the strip wakes. */
    public boolean offer(Signal signal) {
        if (waiting.incrementAndGet() > waitingMax) {
            waiting.decrementAndGet();
            dropped.incrementAndGet();
            return false;
        }
        signals.add(signal);
        return true;
    }

    /** The signal that waited longest, null if none is there yet. Strip thread only. */
    public Signal poll() {
        Signal signal = signals.poll();
        if (signal != null) {
            waiting.decrementAndGet();
        }
        return signal;
    }

    /** How many wait, those included whose sender is still putting them down. Any thread. */
    public int waiting() {
        return waiting.get();
    }

    /** Signals refused so far. Any thread. */
    public int dropped() {
        return dropped.get();
    }
}
