package io.fluxrig.load.net;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/** File descriptors of this process: every connection takes one. Any thread. */
public final class Descriptors {
    /** Kept for what a run opens besides: event loops, logs, the classes that are loaded late. */
    public static final int RESERVE = 64;

    private Descriptors() {}

    /** As {@code ulimit -n} has it; {@link Long#MAX_VALUE} where the system does not tell. */
    public static long limit() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
                ? unix.getMaxFileDescriptorCount()
                : Long.MAX_VALUE;
    }

    /** Those that connections may take now. */
    public static long free() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
                ? unix.getMaxFileDescriptorCount() - unix.getOpenFileDescriptorCount() - RESERVE
                : Long.MAX_VALUE;
    }
}
