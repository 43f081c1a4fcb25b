package io.fluxrig.mixer.api;

import io.fluxrig.mixer.enrol.KeyGiver;
import io.fluxrig.mixer.registry.RackEntry;
import io.fluxrig.mixer.registry.Registry;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/** Tells racks that there are other keys for them, {@value #AT_A_TIME} at a time. Who is not told here is at its next heartbeat. Desk only. */
final class KeyNews {
    static final int AT_A_TIME = 50;

    private final Registry registry;
    private final KeyGiver keys;
    private final Consumer<RackEntry> tell;
    private final List<RackEntry> racks;
    private int told;

    /** @param tell tells one rack, if it may have keys */
    KeyNews(Registry registry, KeyGiver keys, Consumer<RackEntry> tell, List<RackEntry> racks) {
        this.registry = registry;
        this.keys = keys;
        this.tell = tell;
        this.racks = racks;
    }

    /** Tells some; whether there are more. */
    boolean goOn() {
        List<RackEntry> some = racks.subList(told, Math.min(racks.size(), told + AT_A_TIME));
        keys.readAhead(some);
        for (RackEntry each : some) {
            RackEntry now = registry.rack(each.name());
            if (now != null && Arrays.equals(now.key(), each.key())) {
                tell.accept(now);
            }
            told++;
        }
        return told < racks.size();
    }
}
