package io.fluxrig.mixer.enrol;

import io.fluxrig.engine.passport.PublicKeys;
import io.fluxrig.mixer.registry.RackEntry;
import io.fluxrig.mixer.registry.Registry;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who says hello under the name of a rack with another key and is refused, as a rack does that has lost its data folder. Each key is
 * written down once for as long as it goes on, and of one name no more than one key in {@value #APART_MS} ms: anybody may make keys and say hello. Desk only.
 */
final class Knocks {
    /** A key that was still for so long is written down anew. */
    static final long CALM_MS = 600_000;

    /** Between two lines for one name. */
    static final long APART_MS = 60_000;

    /** Keys that are remembered for one name. */
    static final int KEYS_MAX = 8;

    private static final long NS_PER_MS = 1_000_000;
    private static final Logger LOG = LoggerFactory.getLogger(Knocks.class);

    private final Registry registry;
    private final InstantSource clock;
    private final LongSupplier clockNs;
    private final long awayMs;
    /** By the names of racks that there are. */
    private final Map<String, Door> doors = new HashMap<>();

    /**
     * @param awayMs who was not heard of for so long knocks no more
     * @param clock what is written down
     * @param clockNs rises evenly
     */
    Knocks(Registry registry, long awayMs, InstantSource clock, LongSupplier clockNs) {
        this.registry = registry;
        this.awayMs = awayMs;
        this.clock = clock;
        this.clockNs = clockNs;
    }

    /** Times are of {@link #clockNs}, in ms. */
    private static final class Door {
        /** When each key was heard of last; the last one at the end. */
        private final Map<String, Long> keys = new LinkedHashMap<>(4, 0.75f, true);

        private String last = "";
        private String host = "";
        private Long writtenMs;
    }

    /**
     * Somebody was refused.
     *
     * @param owner of the name
     * @param host as it says, fit to be written down
     */
    void knocked(RackEntry owner, byte[] key, String host) {
        long now = nowMs();
        String fingerprint = PublicKeys.fingerprint(key);
        Door door = doors.computeIfAbsent(owner.name(), none -> new Door());
        Long before = door.keys.put(fingerprint, now);
        if (door.keys.size() > KEYS_MAX) {
            Iterator<String> longestAgo = door.keys.keySet().iterator();
            longestAgo.next();
            longestAgo.remove();
        }
        door.last = fingerprint;
        door.host = host;
        boolean known = before != null && now - before < CALM_MS;
        if (known || door.writtenMs != null && now - door.writtenMs < APART_MS) {
            return;
        }
        String which = "key " + fingerprint + ", from " + host + "; the name belongs to key "
                + PublicKeys.fingerprint(owner.key());
        LOG.warn("rack {}: {}; refused: {}", owner.name(), which, remedy(owner.name(), fingerprint));
        registry.audit("rack", "rack.refused", owner.name(), which, clock.millis());
        door.writtenMs = now;
    }

    /** What there is to say of a rack under whose name somebody else says hello; empty for nothing. */
    String of(String rack) {
        Door door = doors.get(rack);
        if (door == null || nowMs() - door.keys.get(door.last) >= awayMs) {
            return "";
        }
        return "key " + door.last + " (" + door.host + ") says hello under this name too, and is refused; "
                + remedy(rack, door.last);
    }

    private long nowMs() {
        return clockNs.getAsLong() / NS_PER_MS;
    }

    private static String remedy(String rack, String fingerprint) {
        return "if that is this rack with a new key: fluxrig admin racks remove " + rack
                + ", then fluxrig admin racks approve " + rack + " --key " + fingerprint;
    }

    /** The rack was removed: its name is free. */
    void forget(String rack) {
        doors.remove(rack);
    }
}
