package io.fluxrig.mixer.registry;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Racks and what they are to run, which each heartbeat asks for: remembered while this mixer leads, for nobody else changes it then. Racks that
 * there are, and no others. One thread at a time.
 */
final class KnownRacks {
    private final SqlStore store;
    private final SqlActivations activations;
    private final BooleanSupplier leads;
    private final Map<String, RackEntry> racks = new HashMap<>();
    private final Map<String, Optional<ActivationEntry>> wanted = new HashMap<>();

    /** @param leads whether nobody else changes anything */
    KnownRacks(SqlStore store, SqlActivations activations, BooleanSupplier leads) {
        this.store = store;
        this.activations = activations;
        this.leads = leads;
    }

    List<RackEntry> racks(String afterName, int limit) {
        List<RackEntry> page = store.query(
                "SELECT * FROM racks WHERE name > ? ORDER BY name LIMIT ?", SqlRows::rack, afterName, limit);
        if (leads.getAsBoolean()) {
            page.forEach(each -> racks.put(each.name(), each));
        }
        return page;
    }

    /** Null if there is none of that name. */
    RackEntry rack(String name) {
        RackEntry rack = racks.get(name);
        if (rack == null) {
            rack = store.query("SELECT * FROM racks WHERE name = ?", SqlRows::rack, name).stream()
                    .findFirst()
                    .orElse(null);
            if (rack != null && leads.getAsBoolean()) {
                racks.put(name, rack);
            }
        }
        return rack;
    }

    /** Null for nothing. */
    ActivationEntry wanted(String rack) {
        Optional<ActivationEntry> found = wanted.get(rack);
        if (found == null) {
            found = activations.wanted(rack).stream().findFirst();
            if (racks.containsKey(rack)) {
                wanted.put(rack, found);
            }
        }
        return found.orElse(null);
    }

    Map<String, ActivationEntry> wanted(Collection<String> names) {
        List<String> unread =
                names.stream().filter(each -> !wanted.containsKey(each)).toList();
        Map<String, ActivationEntry> read = new HashMap<>();
        activations.wanted(unread).forEach(each -> read.put(each.rack(), each));
        Map<String, ActivationEntry> found = new HashMap<>();
        for (String name : names) {
            Optional<ActivationEntry> one = wanted.getOrDefault(name, Optional.ofNullable(read.get(name)));
            if (racks.containsKey(name)) {
                wanted.put(name, one);
            }
            one.ifPresent(each -> found.put(name, each));
        }
        return found;
    }

    /** Remembers what each of those is to run. */
    void readWanted(List<RackEntry> all) {
        all.forEach(each -> wanted.put(each.name(), Optional.empty()));
        for (ActivationEntry each : activations.allWanted()) {
            wanted.computeIfPresent(each.rack(), (rack, none) -> Optional.of(each));
        }
    }

    void forgetWanted(String rack) {
        wanted.remove(rack);
    }

    void forget(String rack) {
        racks.remove(rack);
        wanted.remove(rack);
    }

    void forgetAll() {
        racks.clear();
        wanted.clear();
    }
}
