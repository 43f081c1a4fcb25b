package io.fluxrig.it;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.jpos.iso.ISOMsg;

/**
 * How often each advice reached a host, by the run of the source that DE 41 names and its STAN. Each strip of a source numbers its own,
 * every strips-th number, in order: so a number below the last that came is missing, and so is what the count lacks. Any thread.
 */
final class Arrivals {
    private static final int STANS = 1_000_000;
    private static final AtomicIntegerArray NONE = new AtomicIntegerArray(0);

    private final int strips;
    private final Map<String, AtomicIntegerArray> arrived = new ConcurrentHashMap<>();
    private final AtomicInteger repeated = new AtomicInteger();

    /** @param strips of each source */
    Arrivals(int strips) {
        this.strips = strips;
    }

    /** An advice came. */
    void take(ISOMsg advice) {
        AtomicIntegerArray times =
                arrived.computeIfAbsent(advice.getString(41), first -> new AtomicIntegerArray(STANS));
        if (times.incrementAndGet(Integer.parseInt(advice.getString(11))) > 1) {
            repeated.incrementAndGet();
        }
    }

    /** How many came again. */
    int repeated() {
        return repeated.get();
    }

    /** How many came, each counted once. */
    long distinct() {
        return arrived.values().stream().mapToLong(Arrivals::distinct).sum();
    }

    /** How many of one run came, each counted once. */
    long distinct(String run) {
        return distinct(arrived.getOrDefault(run, NONE));
    }

    /** What is missing of the advices that each run had kept. */
    List<String> missing(Map<String, Long> kept) {
        return missing(kept, Map.of());
    }

    /**
     * The same, where some were refused, which must not have come: so many lack in between, no more and no fewer.
     *
     * @param refused by run, none where one is not named; later ones of such a run were taken
     */
    List<String> missing(Map<String, Long> kept, Map<String, Long> refused) {
        List<String> missing = new ArrayList<>();
        for (Map.Entry<String, Long> each : kept.entrySet()) {
            AtomicIntegerArray times = arrived.getOrDefault(each.getKey(), NONE);
            long came = distinct(times);
            long gaps = gaps(times);
            long expected = refused.getOrDefault(each.getKey(), 0L);
            if (gaps != expected || came < each.getValue()) {
                missing.add("%s kept %d, refused %d, came %d, gaps %d"
                        .formatted(each.getKey(), each.getValue(), expected, came, gaps));
            }
        }
        return missing;
    }

    private static long distinct(AtomicIntegerArray times) {
        long distinct = 0;
        for (int stan = 0; stan < times.length(); stan++) {
            distinct += times.get(stan) > 0 ? 1 : 0;
        }
        return distinct;
    }

    private long gaps(AtomicIntegerArray times) {
        long gaps = 0;
        for (int strip = 0; strip < strips; strip++) {
            boolean later = false;
            for (int stan = times.length() - strips + strip; stan > 0; stan -= strips) {
                later |= times.get(stan) > 0;
                gaps += later && times.get(stan) == 0 ? 1 : 0;
            }
        }
        return gaps;
    }
}
