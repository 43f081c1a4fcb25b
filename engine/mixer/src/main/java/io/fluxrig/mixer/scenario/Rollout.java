package io.fluxrig.mixer.scenario;

import io.fluxrig.mixer.bus.WireRights;
import io.fluxrig.mixer.registry.ActivationEntry;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * Activations that are kept, and go to their racks {@value #AT_A_TIME} at a time, so that a desk which sends to many is none that hangs. First
 * nats-server is told at once what all of them may do. Desk only, but where it says any thread.
 */
public final class Rollout {
    static final int AT_A_TIME = 10;

    private final WireGrants grants;
    private final ScenarioSender sender;
    /** As they stand; those that were not sent yet as they were kept. */
    private final AtomicReferenceArray<ActivationEntry> made;
    /** Bundles as they are sent, by their hashes. */
    private final Map<String, byte[]> bundles;

    private final List<String> warnings;
    private final Map<ActivationEntry, WireRights> rights = new HashMap<>();
    private int looked;
    private boolean allowed;
    private int sent;

    Rollout(
            WireGrants grants,
            ScenarioSender sender,
            List<ActivationEntry> kept,
            Map<String, byte[]> bundles,
            List<String> warnings) {
        this.grants = grants;
        this.sender = sender;
        this.made = new AtomicReferenceArray<>(kept.toArray(ActivationEntry[]::new));
        this.bundles = bundles;
        this.warnings = warnings;
    }

    /** Goes on with some racks; whether there are more. */
    public boolean goOn() {
        if (looked < made.length()) {
            for (int to = end(looked); looked < to; looked++) {
                ActivationEntry kept = made.get(looked);
                grants.now(kept.rack()).ifPresent(now -> rights.put(kept, now));
            }
        } else if (!allowed) {
            grants.allow(rights);
            allowed = true;
        } else {
            for (int to = end(sent); sent < to; sent++) {
                ActivationEntry kept = made.get(sent);
                made.set(sent, sender.send(kept, bundles.get(kept.hash())));
            }
        }
        return sent < made.length();
    }

    private int end(int from) {
        return Math.min(made.length(), from + AT_A_TIME);
    }

    /** What an operator should know of it; any thread. */
    public List<String> warnings() {
        return warnings;
    }

    /** One for each rack, as far as it has come; any thread. */
    public List<ActivationEntry> made() {
        ActivationEntry[] all = new ActivationEntry[made.length()];
        Arrays.setAll(all, made::get);
        return List.of(all);
    }
}
