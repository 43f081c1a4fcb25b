package io.fluxrig.mixer.enrol;

import io.fluxrig.engine.control.Standing;
import io.fluxrig.mixer.bus.Granted;
import io.fluxrig.mixer.bus.RackLine;
import io.fluxrig.mixer.registry.AuditEntry;
import io.fluxrig.mixer.registry.RackEntry;
import io.fluxrig.mixer.registry.Registry;
import io.fluxrig.mixer.registry.RegistryException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees to it that a rack which is removed is let in no more, also where the registry failed and could not say whether it was removed. Remembers
 * one of those for each name. Desk only, but {@link #areUnsettled}.
 */
final class Removals {
    private static final Logger LOG = LoggerFactory.getLogger(Removals.class);

    private final Registry registry;
    private final RackLine line;
    private final Logins logins;
    private final List<Consumer<String>> forgetting = new ArrayList<>();
    private final Map<String, RackEntry> unsettled = new LinkedHashMap<>();
    private volatile boolean areUnsettled;

    Removals(Registry registry, RackLine line, Logins logins) {
        this.registry = registry;
        this.line = line;
        this.logins = logins;
    }

    /** @param forget what else is to forget a rack of a name that was removed */
    void whenMade(Consumer<String> forget) {
        forgetting.add(forget);
    }

    /** @throws RegistryException if it fails; it may have removed the rack then, which {@link #settle} finds out */
    void make(RackEntry rack, AuditEntry by) {
        try {
            registry.removeRack(rack, by);
        } catch (RegistryException failed) {
            unsettled.put(rack.name(), rack);
            areUnsettled = true;
            throw failed;
        }
        removed(rack);
    }

    private void removed(RackEntry rack) {
        line.tell(rack, Standing.REMOVED, "by an operator", Granted.NOTHING);
        logins.expel(rack.name());
        forgetting.forEach(each -> each.accept(rack.name()));
    }

    /** Whether the registry failed at one, and it was not looked at since; any thread. */
    boolean areUnsettled() {
        return areUnsettled;
    }

    /** Looks what became of those at which the registry failed, once it has made another change since. */
    void settle() {
        for (RackEntry rack : List.copyOf(unsettled.values())) {
            RackEntry now = registry.rack(rack.name());
            boolean free = now == null || now.standing().equals(Standing.PENDING);
            if (free && registry.isRevoked(rack.key())) {
                LOG.warn("rack {}: it was removed, though the registry could not say so", rack.name());
                removed(rack);
            }
            unsettled.remove(rack.name());
        }
        areUnsettled = false;
    }
}
