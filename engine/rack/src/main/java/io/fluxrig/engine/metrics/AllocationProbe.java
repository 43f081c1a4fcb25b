package io.fluxrig.engine.metrics;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.util.function.Predicate;

/**
 * Bytes of heap that the process's threads have ever allocated, as the JVM counts them: event loops (strips and the API's)
 * apart from the others. The growth over a window divided by the transactions in it is the garbage of one transaction.
 *
 * <p>Threads that have ended are left out, so the others' figure may step back a little; strips live as long as the rack.
 * Any thread.
 */
final class AllocationProbe {
    private static final String EVENT_LOOP = "vert.x-eventloop-thread";
    private static final String NAME = "jvm_allocated_bytes_total";
    private static final String HELP = "Heap ever allocated by live threads in bytes.";

    private final ThreadMXBean threads;

    private AllocationProbe(ThreadMXBean threads) {
        this.threads = threads;
    }

    /** Adds the probes, where the JVM counts. */
    static void register(RackMetrics metrics) {
        if (ManagementFactory.getThreadMXBean() instanceof ThreadMXBean threads
                && threads.isThreadAllocatedMemorySupported()
                && threads.isThreadAllocatedMemoryEnabled()) {
            AllocationProbe probe = new AllocationProbe(threads);
            metrics.counter(NAME, HELP, () -> probe.bytes(AllocationProbe::isEventLoop), "threads", "event_loops");
            metrics.counter(NAME, HELP, () -> probe.bytes(thread -> !isEventLoop(thread)), "threads", "others");
        }
    }

    private static boolean isEventLoop(String threadName) {
        return threadName.startsWith(EVENT_LOOP);
    }

    private double bytes(Predicate<String> wanted) {
        long[] ids = threads.getAllThreadIds();
        ThreadInfo[] infos = threads.getThreadInfo(ids);
        long[] allocated = threads.getThreadAllocatedBytes(ids);
        double sum = 0;
        for (int i = 0; i < ids.length; i++) {
            if (infos[i] != null && allocated[i] > 0 && wanted.test(infos[i].getThreadName())) {
                sum += allocated[i];
            }
        }
        return sum;
    }
}
