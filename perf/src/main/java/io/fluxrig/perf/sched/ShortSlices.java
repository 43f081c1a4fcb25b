package io.fluxrig.perf.sched;

import java.io.IOException;

/**
 * Short slices for the threads that serve messages. A thread that wakes up while another computes waits for a core until the other's slice
 * ends, some milliseconds; from Linux 6.12 on, one that asked for a shorter slice need not. It gets no more of a core by it, only sooner.
 */
public final class ShortSlices {
    /** The shortest that Linux gives. */
    static final long SHORTEST_NS = 100_000;

    private final Object lock = new Object();
    private final SchedAttr attr;
    /** Null where there is a way to the kernel. */
    private final String refusal;

    private ShortSlices(SchedAttr attr, String refusal) {
        this.attr = attr;
        this.refusal = refusal;
    }

    /** Finds the way to the kernel, which takes a tenth of a second the first time. Not on an event loop. */
    public static ShortSlices open() {
        try {
            return new ShortSlices(SchedAttr.open(), null);
        } catch (IOException none) {
            return new ShortSlices(null, none.getMessage());
        }
    }

    /**
     * Asks for the calling thread; any.
     *
     * @return what the thread does now, for a log
     */
    public String ask() {
        if (refusal != null) {
            return "keeps the system's slices: " + refusal;
        }
        try {
            synchronized (lock) {
                return attr.slice(SchedAttr.CALLER, SHORTEST_NS)
                        ? "runs in slices of 0.1 ms"
                        : "keeps the system's slices: Linux gives shorter ones from 6.12 on, to threads of its ordinary policy";
            }
        } catch (IOException refused) {
            return "keeps the system's slices: " + refused.getMessage();
        }
    }
}
