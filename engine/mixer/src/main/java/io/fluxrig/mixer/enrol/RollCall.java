package io.fluxrig.mixer.enrol;

import io.fluxrig.engine.control.Standing;
import io.fluxrig.engine.rack.RackState;
import io.fluxrig.mixer.registry.RackEntry;
import io.fluxrig.mixer.registry.Registry;
import io.fluxrig.mixer.registry.RegistryException;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which of the racks that were approved are there: says so in the log as they go away and come back, with one line a look for each of
 * both, whatever the number of racks. One that was not heard of since this mixer began to lead, or since it was approved, is neither
 * there nor away for as long as a rack may be silent. Desk only, but where it says any thread.
 */
public final class RollCall {
    /** Racks that a line names; of more it has the number. */
    static final int NAMES_MAX = 10;

    private static final Logger LOG = LoggerFactory.getLogger(RollCall.class);

    private final Registry registry;
    private final Fleet fleet;
    private final BooleanSupplier leads;
    private final LongSupplier epoch;
    private final BooleanSupplier connected;
    private final long awayNs;
    private final LongSupplier clockNs;
    /** In which the racks were looked at. */
    private long lookedIn = -1;

    private final SortedMap<String, Seen> racks = new TreeMap<>();
    /** Whether it is known that a rack is there or away, by its name: as of the last look. */
    private volatile SortedMap<String, Boolean> known = new TreeMap<>();

    /** @param fromNs since when it may be heard of */
    private record Seen(long fromNs, boolean heard, boolean away) {
        boolean isKnown() {
            return heard || away;
        }
    }

    /**
     * @param leads whether this mixer does; any thread
     * @param epoch another one for each time that it begins to
     * @param connected whether there is a connection to NATS, without which no rack is heard
     * @param awayMs a rack that was not heard of for that long is away
     * @param clockNs rises evenly
     */
    public RollCall(
            Registry registry,
            Fleet fleet,
            BooleanSupplier leads,
            LongSupplier epoch,
            BooleanSupplier connected,
            long awayMs,
            LongSupplier clockNs) {
        this.registry = registry;
        this.fleet = fleet;
        this.leads = leads;
        this.epoch = epoch;
        this.connected = connected;
        this.awayNs = TimeUnit.MILLISECONDS.toNanos(awayMs);
        this.clockNs = clockNs;
    }

    /**
     * Sees which racks went away and came back since the last look, and says so; asked every few seconds.
     *
     * @throws RegistryException if that does not say which racks there are; the next look is as good
     */
    public void look() {
        if (!leads.getAsBoolean()) {
            return;
        }
        long term = epoch.getAsLong();
        if (lookedIn != term) {
            lookedIn = term;
            racks.clear();
        }
        SortedMap<String, Seen> now = new TreeMap<>();
        List<String> gone = new ArrayList<>();
        List<String> back = new ArrayList<>();
        for (RackEntry rack : registry.allRacks()) {
            if (!rack.standing().equals(Standing.PENDING)) {
                String name = rack.name();
                Seen before = racks.getOrDefault(name, new Seen(clockNs.getAsLong(), false, false));
                Seen after = after(name, before);
                now.put(name, after);
                if (after.away() && !before.away()) {
                    gone.add(name + (hasStopped(name) ? " (it has stopped)" : ""));
                } else if (before.away() && !after.away()) {
                    back.add(name);
                }
            }
        }
        racks.clear();
        racks.putAll(now);
        show();
        tell(gone, back);
    }

    private void show() {
        SortedMap<String, Boolean> shown = new TreeMap<>();
        racks.forEach((rack, seen) -> shown.put(rack, seen.isKnown()));
        known = shown;
    }

    /** It was removed: its name may be another one's by the next look. */
    public void forget(String rack) {
        if (racks.remove(rack) != null) {
            show();
        }
    }

    private Seen after(String rack, Seen before) {
        if (fleet.isThere(rack)) {
            return new Seen(before.fromNs(), true, false);
        }
        boolean away = before.isKnown() || clockNs.getAsLong() - before.fromNs() >= awayNs;
        return new Seen(before.fromNs(), before.heard(), away);
    }

    private boolean hasStopped(String rack) {
        Presence last = fleet.presence(rack);
        return last != null && last.last().state().equals(RackState.STOPPED.word());
    }

    private void tell(List<String> gone, List<String> back) {
        if (!gone.isEmpty()) {
            LOG.warn(
                    "away, not heard of for {} s: {}{}",
                    TimeUnit.NANOSECONDS.toSeconds(awayNs),
                    named(gone),
                    connected.getAsBoolean() ? "" : "; there is no connection to NATS, so no rack is heard");
        }
        if (!back.isEmpty()) {
            LOG.info("there again: {}", named(back));
        }
    }

    /** {@code rack east}, {@code 2 racks: east, west}, {@code 12 racks: ..., and 2 more}. */
    private static String named(List<String> racks) {
        if (racks.size() == 1) {
            return "rack " + racks.get(0);
        }
        int more = racks.size() - NAMES_MAX;
        return racks.size() + " racks: " + racks.stream().limit(NAMES_MAX).collect(Collectors.joining(", "))
                + (more > 0 ? ", and " + more + " more" : "");
    }

    /**
     * Whether each rack that was approved is there, by its name; those of which that is not known yet are left out, and where this mixer does
     * not lead all are. Any thread.
     */
    public SortedMap<String, Boolean> there() {
        SortedMap<String, Boolean> there = new TreeMap<>();
        if (leads.getAsBoolean()) {
            known.forEach((rack, isKnown) -> {
                boolean isThere = fleet.isThere(rack);
                if (isThere || isKnown) {
                    there.put(rack, isThere);
                }
            });
        }
        return there;
    }
}
