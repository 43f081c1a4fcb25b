package io.fluxrig.mixer.enrol;

import java.time.InstantSource;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * Tells runs of racks apart by their {@link io.fluxrig.engine.control.RunNumber}. A rack that was started again has a run after the other;
 * heartbeats of one, of another, and of the first again are of two at once with one key, and the one that began later is refused for as
 * long as the other is heard of. In memory: another mixer notices it anew. Desk only; an entry for each rack that is known.
 */
final class Runs {
    /** Of a rack; of more the first are noticed anew. */
    static final int REFUSED_MAX = 8;

    private static final long NONE = 0;

    private final InstantSource clock;
    private final long awayMs;
    private final Map<String, Known> racks = new HashMap<>();

    /** @param awayMs a run that was not heard of for that long has ended */
    Runs(long awayMs, InstantSource clock) {
        this.awayMs = awayMs;
        this.clock = clock;
    }

    private static final class Known {
        private long current = NONE;
        private long heardMs;
        private long before = NONE;
        private final Set<Long> refused = new LinkedHashSet<>();
        private long refusedMs;
    }

    /**
     * What a heartbeat shows.
     *
     * @param refused whether it is of a run that is refused
     * @param noticed the run that is refused from now on, 0 for none
     */
    record Heard(boolean refused, long noticed) {
        private static final Heard FINE = new Heard(false, NONE);
    }

    /** @param run 0 of a rack that does not say */
    Heard heard(String rack, long run) {
        if (run == NONE) {
            return Heard.FINE;
        }
        Known known = racks.computeIfAbsent(rack, none -> new Known());
        if (isRefused(known, run)) {
            return new Heard(true, NONE);
        }
        if (run == known.before) {
            return twoAtOnce(known, run);
        }
        if (run != known.current) {
            known.before = known.current;
            known.current = run;
        }
        known.heardMs = clock.millis();
        return Heard.FINE;
    }

    private Heard twoAtOnce(Known known, long run) {
        long later = Math.max(run, known.current);
        known.current = Math.min(run, known.current);
        known.before = NONE;
        known.heardMs = clock.millis();
        known.refusedMs = known.heardMs;
        if (known.refused.size() == REFUSED_MAX) {
            known.refused.remove(known.refused.iterator().next());
        }
        known.refused.add(later);
        return new Heard(run == later, later);
    }

    /** Whether a run that says something is refused: it was, and the other one is there still. */
    boolean isRefused(String rack, long run) {
        Known known = racks.get(rack);
        return known != null && isRefused(known, run);
    }

    private boolean isRefused(Known known, long run) {
        if (!known.refused.contains(run)) {
            return false;
        }
        long now = clock.millis();
        if (now - known.heardMs >= awayMs) {
            known.refused.remove(run);
            return false;
        }
        known.refusedMs = now;
        return true;
    }

    /** Whether a run of the rack was refused lately. */
    boolean isCopied(String rack) {
        Known known = racks.get(rack);
        return known != null && !known.refused.isEmpty() && clock.millis() - known.refusedMs < awayMs;
    }

    /** The rack was removed. */
    void forget(String rack) {
        racks.remove(rack);
    }
}
