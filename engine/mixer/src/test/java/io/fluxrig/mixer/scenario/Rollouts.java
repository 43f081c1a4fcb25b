package io.fluxrig.mixer.scenario;

import io.fluxrig.mixer.registry.ActivationEntry;
import java.util.List;

/** What the API does over the desk, done at once. */
final class Rollouts {
    private Rollouts() {}

    static List<ActivationEntry> whole(Rollout rollout) {
        boolean more = true;
        while (more) {
            more = rollout.goOn();
        }
        return rollout.made();
    }
}
