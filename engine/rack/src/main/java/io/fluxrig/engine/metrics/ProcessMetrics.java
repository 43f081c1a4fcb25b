package io.fluxrig.engine.metrics;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.UnixOperatingSystemMXBean;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.util.internal.PlatformDependent;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.lang.management.RuntimeMXBean;
import java.lang.management.ThreadMXBean;
import java.util.function.LongSupplier;

/** Registers what the JVM and the operating system tell of the process: memory, collections, buffers, threads, CPU. */
public final class ProcessMetrics {
    private static final double MILLIS = 1e3;
    private static final double NANOS = 1e9;

    private ProcessMetrics() {}

    /** Adds the probes; they are asked when somebody reads. */
    public static void register(RackMetrics metrics) {
        memory(metrics);
        collections(metrics);
        AllocationProbe.register(metrics);
        process(metrics);
    }

    private static void memory(RackMetrics metrics) {
        MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
        String help = "Memory of the JVM in bytes.";
        String name = "jvm_memory_bytes";
        metrics.level(name, help, () -> memory.getHeapMemoryUsage().getUsed(), "area", "heap", "state", "used");
        metrics.level(
                name, help, () -> memory.getHeapMemoryUsage().getCommitted(), "area", "heap", "state", "committed");
        metrics.level(name, help, () -> memory.getHeapMemoryUsage().getMax(), "area", "heap", "state", "max");
        metrics.level(name, help, () -> memory.getNonHeapMemoryUsage().getUsed(), "area", "nonheap", "state", "used");
        for (BufferPoolMXBean pool : ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class)) {
            metrics.level(
                    "jvm_buffer_bytes",
                    "Buffers outside the heap in bytes.",
                    pool::getMemoryUsed,
                    "pool",
                    pool.getName());
        }
        metrics.level("netty_direct_bytes", "Netty's own direct memory in bytes.", PlatformDependent::usedDirectMemory);
        metrics.level(
                "netty_buffer_bytes",
                "Direct buffers that Netty's pool has given out and not got back, in bytes.",
                PooledByteBufAllocator.DEFAULT::pinnedDirectMemory);
    }

    private static void collections(RackMetrics metrics) {
        for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
            metrics.counter(
                    "jvm_gc_total",
                    "Garbage collections.",
                    collector::getCollectionCount,
                    "collector",
                    collector.getName());
            metrics.counter(
                    "jvm_gc_seconds_total",
                    "Time spent in garbage collections.",
                    () -> collector.getCollectionTime() / MILLIS,
                    "collector",
                    collector.getName());
        }
    }

    private static void process(RackMetrics metrics) {
        RuntimeMXBean runtime = ManagementFactory.getRuntimeMXBean();
        if (ResidentMemory.known()) {
            metrics.level("process_resident_bytes", "Memory that the process has in RAM.", ResidentMemory::bytes);
        }
        metrics.level("process_uptime_seconds", "Time since the process started.", () -> runtime.getUptime() / MILLIS);
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        metrics.level("jvm_threads", "Live threads.", threads::getThreadCount);
        metrics.level(
                "jvm_info",
                "1; the labels say which JVM this is.",
                () -> 1,
                "version",
                System.getProperty("java.version", ""),
                "vendor",
                System.getProperty("java.vendor", ""));
        if (ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system) {
            metrics.counter("process_cpu_seconds_total", "CPU time used.", () -> system.getProcessCpuTime() / NANOS);
        }
        if (ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix) {
            metrics.level(
                    "process_open_fds", "Open file descriptors.", () -> readable(unix::getOpenFileDescriptorCount));
            metrics.level("process_max_fds", "Most file descriptors allowed.", unix::getMaxFileDescriptorCount);
        }
    }

    /** NaN where it cannot be read: the JVM needs a file descriptor to count them, and has an error for that there is none. */
    static double readable(LongSupplier count) {
        try {
            return count.getAsLong();
        } catch (InternalError noneFree) {
            return Double.NaN;
        }
    }
}
