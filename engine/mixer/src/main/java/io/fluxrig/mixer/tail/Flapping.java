package io.fluxrig.mixer.tail;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What changes again and again, told once: the first change as it comes, and the others, for as long as they follow each other, as one
 * that says how many there were and how things are now, every {@value #TELL_MS} ms at most.
 *
 * <pre>
 *   changes  x  x xx x x         x xx              x
 *   told     x        5          8                 x       the last one after {@value #CALM_MS} ms of calm
 * </pre>
 *
 * Holds one run of changes for each rack and kind. Desk only.
 */
final class Flapping {
    /** A change this long after the one before is news of its own. */
    static final long CALM_MS = 600_000;

    /** Between two times that a run of changes is told of. */
    static final long TELL_MS = 10_000;

    private final Map<Key, Run> runs = new HashMap<>();

    private record Key(String kind, String rack) {}

    private static final class Run {
        private final long sinceMs;
        private Happening last;
        private int changes = 1;
        private long toldMs;
        private boolean owed;

        Run(Happening first) {
            sinceMs = first.atMs();
            toldMs = sinceMs;
            last = first;
        }
    }

    /**
     * A change, and what it is one more of.
     *
     * @param now what is to be remembered of it
     * @param instead what was remembered of its run before and is not any more; null for nothing: the first stays
     * @param first whether it is to be told now
     */
    record Change(Happening now, Happening instead, boolean first) {}

    Change changed(Happening change) {
        Key key = new Key(change.kind(), change.rack());
        Run run = runs.get(key);
        if (run == null || change.atMs() - run.last.atMs() >= CALM_MS) {
            runs.put(key, new Run(change));
            return new Change(change, null, true);
        }
        run.changes++;
        Happening before = run.changes == 2 ? null : run.last;
        run.last = new Happening(
                change.atMs(),
                change.kind(),
                change.rack(),
                change.text() + " (changed " + run.changes + " times since "
                        + Instant.ofEpochMilli(run.sinceMs).truncatedTo(ChronoUnit.SECONDS) + ")");
        run.owed = true;
        return new Change(run.last, before, false);
    }

    /** What is told of it from now on is news of its own: something else has happened that says how things are. */
    void over(String kind, String rack) {
        runs.remove(new Key(kind, rack));
    }

    /** Runs that changed and were not told of for so long. */
    List<Happening> due(long nowMs, long notToldMs) {
        List<Happening> due = new ArrayList<>();
        for (Run run : runs.values()) {
            if (run.owed && nowMs - run.toldMs >= notToldMs) {
                run.owed = false;
                run.toldMs = nowMs;
                due.add(run.last);
            }
        }
        runs.values().removeIf(run -> !run.owed && nowMs - run.last.atMs() >= CALM_MS);
        return due;
    }
}
