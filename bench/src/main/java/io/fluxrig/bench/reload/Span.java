package io.fluxrig.bench.reload;

import io.fluxrig.load.LoadResult;
import io.fluxrig.load.Second;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * About a second of a load.
 *
 * @param beginMs ms since 1970
 * @param endMs ms since 1970
 * @param count answers in it
 * @param p50Us of their latencies
 * @param p99Us likewise
 * @param maxUs likewise
 */
record Span(long beginMs, long endMs, long count, double p50Us, double p99Us, double maxUs) {
    private static final double US = 1e3;

    /** The load's seconds, but for what is left at its end. */
    static List<Span> of(LoadResult result) {
        return result.seconds().stream()
                .filter(Second::whole)
                .map(second -> of(result.startedEpochMs(), second))
                .toList();
    }

    private static Span of(long startedMs, Second second) {
        return new Span(
                startedMs + TimeUnit.NANOSECONDS.toMillis(second.endNs() - second.lengthNs()),
                startedMs + TimeUnit.NANOSECONDS.toMillis(second.endNs()),
                second.latency().count(),
                second.latency().p50Ns() / US,
                second.latency().p99Ns() / US,
                second.latency().maxNs() / US);
    }

    /** Whether some of it lies between the two. */
    boolean touches(long fromMs, long toMs) {
        return beginMs <= toMs && endMs >= fromMs;
    }
}
