package io.fluxrig.engine.gears.conductor.config;

import io.fluxrig.engine.gear.ConfigFaults;
import io.fluxrig.engine.gear.GearConfig;
import io.fluxrig.engine.gear.LedgerTerms;
import io.fluxrig.engine.gears.conductor.config.ConductorConfig.Route;
import io.fluxrig.transport.journal.store.SyncMode;
import java.time.Duration;
import java.util.List;

/** Reads where tickets are kept beside memory. */
final class LedgerReader {
    private static final long MINUTE_NS = 60_000_000_000L;
    private static final long WAIT_MIN_NS = 1_000_000;
    /** A request that has waited for half of its timeout is not sent any more. */
    private static final int WAITS = 4;
    /** Below it, racks whose clocks differ a little would take over what has just come to its outcome. */
    private static final long RETAIN_MIN_NS = 2_000_000_000;

    private final ConfigFaults faults;
    private final List<Route> routes;

    LedgerReader(ConfigFaults faults, List<Route> routes) {
        this.faults = faults;
        this.routes = routes;
    }

    /** Null where tickets are in memory only. */
    LedgerTerms read(GearConfig valet) {
        String store = valet.text(Keys.STORE);
        onlyFor(Keys.LOCAL_DURABLE, valet, Keys.SYNC);
        onlyFor(Keys.SHARED, valet, Keys.SHARE_WAIT);
        onlyFor(Keys.SHARED, valet, Keys.UNSHARED);
        return switch (store) {
            case Keys.LOCAL_DURABLE ->
                LedgerTerms.onDisk(valet.has(Keys.SYNC) ? SyncMode.of(valet.text(Keys.SYNC)) : SyncMode.OS);
            case Keys.SHARED -> shared(valet);
            default -> null;
        };
    }

    private LedgerTerms shared(GearConfig valet) {
        long waitNs = valet.has(Keys.SHARE_WAIT) ? valet.durationNs(Keys.SHARE_WAIT) : Keys.SHARE_WAIT_NS;
        long shortestNs = routes.stream().mapToLong(Route::timeoutNs).min().orElse(Long.MAX_VALUE);
        if (waitNs < WAIT_MIN_NS || waitNs > shortestNs / WAITS) {
            faults.error(
                    "valet.share_wait",
                    "is below 1ms or above a quarter of the shortest timeout",
                    "leave it out for 250ms, or write as long as a request may wait for NATS");
        }
        if (valet.durationNs(Keys.RETAIN_AFTER_CLOSE) < RETAIN_MIN_NS) {
            faults.error(
                    "valet.retain_after_close",
                    "is below 2s, which store: shared needs for clocks that differ",
                    "write as long as terminals repeat, such as 5s");
        }
        boolean alone = !valet.has(Keys.UNSHARED) || Keys.SEND.equals(valet.text(Keys.UNSHARED));
        return LedgerTerms.shared(kept(valet), waitNs, alone);
    }

    /** Twice as long as anybody may ask for a ticket, in minutes; a few different numbers, so that few changes change it. */
    private Duration kept(GearConfig valet) {
        long longestNs = routes.stream().mapToLong(Route::timeoutNs).max().orElse(0);
        long neededNs = 2 * (longestNs + valet.durationNs(Keys.RETAIN_AFTER_CLOSE));
        long minutes = 1;
        while (minutes * MINUTE_NS < neededNs) {
            minutes *= 2;
        }
        return Duration.ofMinutes(minutes);
    }

    private void onlyFor(String wanted, GearConfig valet, String key) {
        String store = valet.text(Keys.STORE);
        if (valet.has(key) && !store.equals(wanted)) {
            faults.error(
                    "valet." + key, "has no meaning for store: " + store, "leave it out, or write store: " + wanted);
        }
    }
}
