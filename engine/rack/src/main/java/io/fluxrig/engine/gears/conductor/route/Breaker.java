package io.fluxrig.engine.gears.conductor.route;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Takes a destination that is up but does not answer out of use, and lets it back in by a few probes. Shared by all strips,
 * so that a silent host is found after {@code tripAfter} timeouts in all and not after as many on each strip.
 *
 * <pre>
 *   CLOSED --tripAfter timeouts in a row--&gt; OPEN --cooldown, then a request--&gt; HALF_OPEN --every probe answered--&gt; CLOSED
 *                                            | ^---------- a probe timed out -----------'^
 *                                            '---- an answer, or links that came anew ----'
 *
 *   word  | opened, ms since creation (40) | generation (12) | count (10) | state (2) |
 *   count   CLOSED: timeouts in a row; HALF_OPEN: probes let in (5), probes answered (5)
 * </pre>
 *
 * <p>Each change of state begins a new generation, and an outcome counts only for the generation its request entered in:
 * old requests timing out do not reopen a breaker that has since found the host alive. Links that are gone, or there anew, begin a
 * generation too: what was sent over those before tells nothing of the host since. An answer while it is open, to a request of before,
 * shows that the host is alive: whether it is well is for probes to find out, at once.
 *
 * <p>Threading: any thread. All state is one word changed by compare-and-set; in a closed breaker without failures
 * {@link #enter} and {@link #answered} only read.
 */
public final class Breaker {
    /** What {@link #enter} returns where nothing may be sent now. */
    public static final int REFUSED = -1;
    /** Greatest {@code tripAfter}. */
    public static final int TRIP_AFTER_MAX = 1000;
    /** Greatest {@code probesMax}. */
    public static final int PROBES_MAX = 31;

    /** Where a breaker stands; the ordinal is the metric's value. */
    public enum State {
        CLOSED,
        OPEN,
        HALF_OPEN
    }

    private static final int STATE_MASK = 3;
    private static final int COUNT_SHIFT = 2;
    private static final int COUNT_MASK = 1023;
    private static final int PROBE_BITS = 5;
    private static final int GENERATION_SHIFT = 12;
    private static final int GENERATION_MASK = 4095;
    private static final int OPENED_SHIFT = 24;
    private static final long NS_PER_MS = 1_000_000;

    private static final int CLOSED = 0;
    private static final int OPEN = 1;
    private static final int HALF_OPEN = 2;

    private final AtomicLong word = new AtomicLong();
    private final AtomicInteger trips = new AtomicInteger();
    private final int tripAfter;
    private final long cooldownMs;
    private final int probesMax;
    private final long createdNs;

    /**
     * @param tripAfter timeouts in a row that open it, 1 to {@link #TRIP_AFTER_MAX}
     * @param cooldownNs how long it lets nothing through, rounded up to a millisecond
     * @param probesMax requests let through at first afterwards, 1 to {@link #PROBES_MAX}
     * @param nowNs the clock's {@code nanoTime()}
     */
    public Breaker(int tripAfter, long cooldownNs, int probesMax, long nowNs) {
        if (tripAfter < 1 || tripAfter > TRIP_AFTER_MAX) {
            throw new IllegalArgumentException("tripAfter=" + tripAfter + " min=1 max=" + TRIP_AFTER_MAX);
        }
        if (probesMax < 1 || probesMax > PROBES_MAX) {
            throw new IllegalArgumentException("probesMax=" + probesMax + " min=1 max=" + PROBES_MAX);
        }
        this.tripAfter = tripAfter;
        this.cooldownMs = Math.max(1, (cooldownNs + NS_PER_MS - 1) / NS_PER_MS);
        this.probesMax = probesMax;
        this.createdNs = nowNs;
    }

    /**
     * Asks to send one request. The caller reports what became of it by one of {@link #answered}, {@link #timedOut} and
     * {@link #notSent}.
     *
     * @return the generation to report with, zero or more, or {@link #REFUSED}
     */
    public int enter(long nowNs) {
        while (true) {
            long seen = word.get();
            switch (state(seen)) {
                case CLOSED:
                    return generation(seen);
                case OPEN:
                    if (ms(nowNs) - opened(seen) < cooldownMs) {
                        return REFUSED;
                    }
                    if (word.compareAndSet(seen, next(seen, HALF_OPEN, opened(seen)) | count(probes(1, 0)))) {
                        return generation(seen) + 1 & GENERATION_MASK;
                    }
                    break;
                default:
                    int letIn = letIn(seen);
                    if (letIn >= probesMax) {
                        return REFUSED;
                    }
                    if (word.compareAndSet(seen, withCount(seen, probes(letIn + 1, answers(seen))))) {
                        return generation(seen);
                    }
                    break;
            }
        }
    }

    /** The request was not sent after all: its probe is free again. */
    public void notSent(int generation) {
        while (true) {
            long seen = word.get();
            if (state(seen) != HALF_OPEN || generation(seen) != generation || letIn(seen) == 0) {
                return;
            }
            if (word.compareAndSet(seen, withCount(seen, probes(letIn(seen) - 1, answers(seen))))) {
                return;
            }
        }
    }

    /** The request was answered in time. */
    public void answered(int generation) {
        while (true) {
            long seen = word.get();
            boolean open = state(seen) == OPEN;
            if (!open && generation(seen) != generation || state(seen) == CLOSED && count(seen) == 0) {
                return;
            }
            long changed;
            if (open) {
                changed = next(seen, HALF_OPEN, opened(seen));
            } else if (state(seen) == CLOSED) {
                changed = withCount(seen, 0);
            } else if (answers(seen) + 1 < probesMax) {
                changed = withCount(seen, probes(letIn(seen), answers(seen) + 1));
            } else {
                changed = next(seen, CLOSED, opened(seen));
            }
            if (word.compareAndSet(seen, changed)) {
                return;
            }
        }
    }

    /** The last link has gone: requests that were sent over it, probes too, count no more. */
    public void linksGone() {
        while (true) {
            long seen = word.get();
            if (state(seen) == OPEN) {
                return;
            }
            if (word.compareAndSet(seen, next(seen, state(seen) == CLOSED ? CLOSED : OPEN, opened(seen)))) {
                return;
            }
        }
    }

    /** Links are there again: requests from before count no more, and where nothing was let through, probes are at once. */
    public void linksCame() {
        long seen;
        do {
            seen = word.get();
        } while (!word.compareAndSet(seen, next(seen, state(seen) == CLOSED ? CLOSED : HALF_OPEN, opened(seen))));
    }

    /**
     * The request was not answered in time.
     *
     * @return true if this opened the breaker
     */
    public boolean timedOut(int generation, long nowNs) {
        while (true) {
            long seen = word.get();
            if (generation(seen) != generation || state(seen) == OPEN) {
                return false;
            }
            boolean opens = state(seen) == HALF_OPEN || count(seen) + 1 >= tripAfter;
            long changed = opens ? next(seen, OPEN, ms(nowNs)) : withCount(seen, count(seen) + 1);
            if (word.compareAndSet(seen, changed)) {
                if (opens) {
                    trips.incrementAndGet();
                }
                return opens;
            }
        }
    }

    /** How often it has opened; wraps. */
    public int trips() {
        return trips.get();
    }

    /** Where it stands; OPEN past its cooldown stays OPEN until a request comes. */
    public State state() {
        return switch (state(word.get())) {
            case CLOSED -> State.CLOSED;
            case OPEN -> State.OPEN;
            default -> State.HALF_OPEN;
        };
    }

    /** State by name; for logs and tests. */
    @Override
    public String toString() {
        return "breaker " + state();
    }

    private static int state(long word) {
        return (int) word & STATE_MASK;
    }

    private static int count(long word) {
        return (int) (word >>> COUNT_SHIFT) & COUNT_MASK;
    }

    private static long count(int count) {
        return (long) count << COUNT_SHIFT;
    }

    private static long withCount(long word, int count) {
        return word & ~((long) COUNT_MASK << COUNT_SHIFT) | count(count);
    }

    private static int probes(int letIn, int answered) {
        return answered << PROBE_BITS | letIn;
    }

    private static int letIn(long word) {
        return count(word) & PROBES_MAX;
    }

    private static int answers(long word) {
        return count(word) >>> PROBE_BITS;
    }

    private static int generation(long word) {
        return (int) (word >>> GENERATION_SHIFT) & GENERATION_MASK;
    }

    private static long opened(long word) {
        return word >>> OPENED_SHIFT;
    }

    /** The word of the next generation with no count. */
    private static long next(long word, int state, long openedMs) {
        long generation = generation(word) + 1L & GENERATION_MASK;
        return openedMs << OPENED_SHIFT | generation << GENERATION_SHIFT | state;
    }

    private long ms(long nowNs) {
        return Math.max(0, (nowNs - createdNs) / NS_PER_MS);
    }
}
