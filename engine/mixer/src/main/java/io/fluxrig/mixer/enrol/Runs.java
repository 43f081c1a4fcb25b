package io.fluxrig.mixer.enrol;

import io.fluxrig.engine.control.Freshness;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Tells runs of racks apart by their {@link io.fluxrig.engine.control.RunNumber}. A rack that was started again has a run after the other;
 * a heartbeat that was sent after a later run was there is of two at once with one key, and the later one is refused until the
 * other one has ended. A run is there once a heartbeat shows when it was sent ({@link Lag}): its first one may be an old one that comes late,
 * or that somebody sends again. In memory: another mixer notices it anew. Desk only; {@value #RUNS_MAX} entries for each rack that is known.
 *
 * <p>The later one is the one that was there later, by more than a rack may be away; else the one with the higher number: what a run says of
 * when it began only counts where both are about as new to this mixer.
 *
 * <pre>
 *   free ---- two at once, or says that it was refused ----> refused ---- asked for as long as a rack may be away,
 *    ^                                                          |         unheard of the other ----> released
 *    '------- said so, and sends heartbeats since then ---------'
 * </pre>
 */
final class Runs {
    /** Of a rack; of more, what was heard of longest ago is forgotten, and noticed anew; not the one that has been there for longest. */
    static final int RUNS_MAX = 16;

    /** A refused run is heard of more often than that; what passes without it counts for no more, since the other one was not heard then either. */
    static final long ASKED_MS = 3_000;

    /** So often a refused run asks at least, and hears of no other one, before it is the only one. */
    static final int ASKS_MIN = 3;

    private static final long NONE = 0;
    private static final long NS_PER_MS = 1_000_000;

    private final InstantSource clock;
    private final LongSupplier clockNs;
    private final long awayMs;
    private final Map<String, Map<Long, Run>> racks = new HashMap<>();

    /**
     * @param awayMs a run that was not heard of for that long has ended
     * @param clock what racks' messages are held against
     * @param clockNs rises evenly, whatever is done to the machine's clock
     */
    Runs(long awayMs, InstantSource clock, LongSupplier clockNs) {
        this.awayMs = awayMs;
        this.clock = clock;
        this.clockNs = clockNs;
    }

    private enum State {
        FREE,
        REFUSED,
        /** Says itself that it was refused. */
        SAID,
        /** Was refused, and is the only one now. */
        RELEASED
    }

    /** Times are of {@link #clockNs}, in ms. */
    private static final class Run {
        private final Freshness fresh = new Freshness();
        private final Lag lag = new Lag();
        private State state = State.FREE;
        /** When the first heartbeat was sent of which that is known; null before. */
        private Long firstMs;

        private long heardMs;
        /** Place of the last heartbeat among its messages. */
        private long placeMs = Long.MIN_VALUE;

        /** Place of the hello that said that it was refused. */
        private long saidMs;

        private int asks;
        private long askedMs;
        private long silentMs;

        private boolean isRefused() {
            return state == State.REFUSED || state == State.SAID;
        }
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

    /**
     * Whether a heartbeat of a run is new, and remembers it if so: each run numbers its messages by the clock of its machine.
     *
     * @param run 0 of a rack that does not say
     * @param atMs its place among the messages of that run
     * @return null if it is; else why it is not, for people
     */
    String refusal(String rack, long run, long atMs, long writtenMs) {
        Run sender = of(rack, run);
        String refusal = sender.fresh.refusal(rack, 0, atMs, writtenMs, clock.millis());
        sender.placeMs = refusal == null ? atMs : sender.placeMs;
        return refusal;
    }

    /**
     * A heartbeat came that is new.
     *
     * @param run 0 of a rack that does not say
     * @param writtenMs by the clock of its machine
     */
    Heard heard(String rack, long run, long writtenMs) {
        Run heard = of(rack, run);
        if (run == NONE) {
            return Heard.FINE;
        }
        if (heard.state == State.SAID && heard.placeMs > heard.saidMs) {
            heard.state = State.FREE; // who is refused sends none: what said so was an old hello, sent again
        }
        if (isRefused(rack, run)) {
            return new Heard(true, NONE);
        }
        long now = nowMs();
        long sentMs = heard.lag.sentMs(writtenMs, now, heard.firstMs != null);
        heard.heardMs = now;
        hearOn(rack);
        if (sentMs == Lag.UNKNOWN) {
            return Heard.FINE;
        }
        heard.firstMs = heard.firstMs == null ? Long.valueOf(sentMs) : heard.firstMs;
        long other = begunSince(rack, heard, sentMs);
        if (other == NONE) {
            return Heard.FINE;
        }
        // whoever has the key may claim to have begun whenever he likes, and not that he was heard
        boolean newer = of(rack, other).firstMs - heard.firstMs > awayMs;
        long later = newer ? other : Math.max(run, other);
        refuse(of(rack, later), State.REFUSED, now);
        return new Heard(run == later, later);
    }

    /** The run that was there first since this one was, and before this one sent something; the last heard of such, 0 for none. */
    private long begunSince(String rack, Run run, long sentMs) {
        long found = NONE;
        long foundMs = Long.MIN_VALUE;
        for (Map.Entry<Long, Run> entry : racks.get(rack).entrySet()) {
            Run other = entry.getValue();
            boolean between =
                    other != run && other.firstMs != null && other.firstMs >= run.firstMs && other.firstMs < sentMs;
            if (between && !other.isRefused() && other.heardMs > foundMs) {
                found = entry.getKey();
                foundMs = other.heardMs;
            }
        }
        return found;
    }

    private static void refuse(Run run, State as, long nowMs) {
        run.state = as;
        run.askedMs = nowMs;
        run.silentMs = 0;
        run.asks = 0;
    }

    /** The rack is there: those that are refused ask on. */
    private void hearOn(String rack) {
        for (Run run : racks.get(rack).values()) {
            run.silentMs = 0;
            run.asks = 0;
        }
    }

    /**
     * Whether a run that says hello, and that it was refused, is: another mixer told it so, or this one before a start. An old hello of one
     * that sends heartbeats since then says nothing.
     *
     * @param atMs its place among the messages of that run
     */
    boolean isRefusedAsItSays(String rack, long run, long atMs) {
        Run asking = run == NONE ? null : of(rack, run);
        if (asking != null && asking.state == State.FREE && atMs > asking.placeMs) {
            asking.saidMs = atMs;
            refuse(asking, State.SAID, nowMs());
        }
        return isRefused(rack, run);
    }

    /** Whether a run that says something is refused: it was, and the other one is there still. */
    boolean isRefused(String rack, long run) {
        Run asking = run == NONE ? null : known(rack).get(run);
        if (asking == null || !asking.isRefused()) {
            return false;
        }
        long now = nowMs();
        asking.asks++;
        asking.silentMs += Math.min(now - asking.askedMs, ASKED_MS);
        asking.askedMs = now;
        if (asking.silentMs < awayMs || asking.asks < ASKS_MIN) {
            return true;
        }
        asking.state = State.RELEASED;
        asking.firstMs = null;
        hearOn(rack);
        return false;
    }

    /** Whether a run of the rack was refused lately. */
    boolean isCopied(String rack) {
        long now = nowMs();
        return known(rack).values().stream()
                .anyMatch(run -> run.isRefused() && now - run.askedMs < Math.max(awayMs, ASKED_MS));
    }

    /** The rack was removed. */
    void forget(String rack) {
        racks.remove(rack);
    }

    private Map<Long, Run> known(String rack) {
        return racks.getOrDefault(rack, Map.of());
    }

    private Run of(String rack, long run) {
        Map<Long, Run> runs = racks.computeIfAbsent(rack, none -> new LinkedHashMap<>(4, 0.75f, true));
        Run known = runs.computeIfAbsent(run, none -> new Run());
        if (runs.size() > RUNS_MAX) {
            Run kept = thereForLongest(runs.values());
            Iterator<Run> longestAgo = runs.values().iterator();
            if (longestAgo.next() == kept) {
                longestAgo.next();
            }
            longestAgo.remove();
        }
        return known;
    }

    /** Of those that are there, and are not refused; null for none. */
    private Run thereForLongest(Collection<Run> runs) {
        long now = nowMs();
        return runs.stream()
                .filter(run -> run.firstMs != null && !run.isRefused() && now - run.heardMs < awayMs)
                .min(Comparator.comparingLong(run -> run.firstMs))
                .orElse(null);
    }

    private long nowMs() {
        return clockNs.getAsLong() / NS_PER_MS;
    }
}
