package io.fluxrig.engine.rack.plan;

import com.sun.management.UnixOperatingSystemMXBean;
import io.fluxrig.engine.rack.window.ApiConnections;
import io.fluxrig.engine.strip.plan.StripPlan.GearPlan;
import java.lang.management.ManagementFactory;

/** How many file descriptors a rack may come to need, beside how many its process may have. */
public final class DescriptorDemand {
    /** Jars, logs, event loops and whatever else a process holds; measured: 80 to 100 with four strips. */
    private static final long BESIDES = 160;

    private DescriptorDemand() {}

    /** What to warn of before the plan runs; null if the process may have as many as it may need. */
    public static String shortage(RackPlan plan) {
        return shortage(of(plan), limit());
    }

    /** What every connection, link and request to the status would take at once. */
    static long of(RackPlan plan) {
        long demand = BESIDES + ApiConnections.PLACES;
        for (GearPlan gear : plan.strips().gears()) {
            if (gear.given("bind") && gear.given("max_connections")) {
                demand += gear.config().number("max_connections");
            } else if (gear.given("connect") && gear.given("connections")) {
                demand += gear.config().number("connections");
            }
        }
        return demand;
    }

    /** As {@code ulimit -n} has it; {@link Long#MAX_VALUE} where the system does not tell. */
    static long limit() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
                ? unix.getMaxFileDescriptorCount()
                : Long.MAX_VALUE;
    }

    /** What to warn of; null if the limit suffices. */
    static String shortage(long demand, long limit) {
        return limit >= demand
                ? null
                : "this process may have " + limit
                        + " file descriptors (ulimit -n), and all connections that the scenario"
                        + " allows would take " + demand
                        + ": raise it (systemd: LimitNOFILE=), or lower max_connections;"
                        + " without a free one no terminal is accepted and no host dialled";
    }
}
