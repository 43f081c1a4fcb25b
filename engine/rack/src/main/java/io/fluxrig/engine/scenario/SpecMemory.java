package io.fluxrig.engine.scenario;

import io.fluxrig.iso.spec.SpecLoad;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * The dialects of the scenario that was loaded last, so that one which is read again, as a rack does that changes under load, costs no
 * dialect whose bytes are the same: to read one takes as long as thousands of messages. Any thread.
 */
public final class SpecMemory {
    /** By file or reference. Never changed, but replaced. */
    private volatile Map<String, SpecLoad> last = Map.of();

    /**
     * One scenario's use of it.
     *
     * <p>Not for more than one thread.
     */
    final class Use {
        private final Map<String, SpecLoad> loads = new HashMap<>();

        /** The dialect as it is remembered, if that is the same still, else as it is loaded; known by {@code name} from now on. */
        SpecLoad get(String name, Predicate<SpecLoad> same, Supplier<SpecLoad> loader) {
            SpecLoad known = last.get(name);
            SpecLoad load = known != null && same.test(known) ? known : loader.get();
            if (load.ok()) {
                loads.put(name, load);
            }
            return load;
        }

        /** The scenario is sound: its dialects are remembered, and no others. */
        void keep() {
            last = Map.copyOf(loads);
        }
    }
}
