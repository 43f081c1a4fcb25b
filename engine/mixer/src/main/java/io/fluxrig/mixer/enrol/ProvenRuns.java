package io.fluxrig.mixer.enrol;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Runs of a rack of which something came that its key had signed. Their numbers hold bits that nobody but the rack and its mixer knows, so what
 * names one is hardly somebody else's, and is told from that without a signature. The last {@value #RUNS_MAX}. Any thread.
 */
final class ProvenRuns {
    /** The rack's own, those of copies of it, and some that were started again. */
    static final int RUNS_MAX = 8;

    /** Of a rack of before, which does not say: anybody may say as much. */
    private static final long NONE = 0;

    private final Set<Long> runs = Collections.newSetFromMap(new LinkedHashMap<>(4, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, Boolean> eldest) {
            return size() > RUNS_MAX;
        }
    });

    synchronized boolean has(long run) {
        return runs.contains(run);
    }

    /** Something came that names it, and that the key has not signed. */
    synchronized void forget(long run) {
        runs.remove(run);
    }

    synchronized void add(long run) {
        if (run != NONE) {
            runs.add(run);
        }
    }
}
