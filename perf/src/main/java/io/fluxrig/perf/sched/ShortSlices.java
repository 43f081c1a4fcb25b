package io.fluxrig.perf.sched;

import io.fluxrig.perf.sched.OwnThreads.OwnThread;
import java.io.IOException;
import java.util.Collection;
import java.util.List;

/**
 * Short slices for the threads that serve messages. A thread that wakes up while another computes waits for a core until the other's slice
 * ends, some milliseconds; from Linux 6.12 on, one that asked for a shorter slice need not. It gets no more of a core by it, only sooner.
 */
public final class ShortSlices {
    /** The shortest that Linux gives. */
    public static final long SHORTEST_NS = 100_000;

    private ShortSlices() {}

    /**
     * Asks for the shortest slices for every living thread of this process whose name begins with one of these. Blocks for some
     * milliseconds, and longer the first time; not on an event loop.
     *
     * @return what came of it, for a log
     */
    public static String ask(Collection<String> names) {
        try {
            OwnThreads threads = OwnThreads.now();
            List<OwnThread> serving = names.stream()
                    .flatMap(name -> threads.beginningWith(name).stream())
                    .distinct()
                    .toList();
            return ask(SchedAttr.open(), serving);
        } catch (IOException refused) {
            return "threads keep the system's slices: " + refused.getMessage();
        }
    }

    private static String ask(SchedAttr attr, List<OwnThread> serving) throws IOException {
        int taken = 0;
        for (OwnThread thread : serving) {
            if (attr.slice(thread.number(), SHORTEST_NS)) {
                taken++;
            }
        }
        return taken + " of " + serving.size() + " threads that serve messages run in slices of 0.1 ms"
                + (taken < serving.size() ? "; the others keep the system's (Linux gives such from 6.12 on)" : "");
    }
}
