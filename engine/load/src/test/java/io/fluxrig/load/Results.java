package io.fluxrig.load;

import io.fluxrig.load.tally.AnswerClass;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;

/** Results that no run made, for what reads them. */
public final class Results {
    private Results() {}

    /** {@code approved} answers of 1 µs to 1 ms evenly, and some lost with their connections. */
    public static LoadResult of(int approved, int lost) {
        return of(approved, 0, lost);
    }

    /** The same, none lost, and some timeouts of 2 s, which are said to have come at once. */
    public static LoadResult withTimeouts(int approved, int timeouts) {
        return of(approved, timeouts, 0);
    }

    private static LoadResult of(int approved, int timeouts, int lost) {
        Map<AnswerClass, Histogram> latency = new EnumMap<>(AnswerClass.class);
        for (AnswerClass answerClass : AnswerClass.values()) {
            latency.put(answerClass, new Histogram(1, 100_000_000_000L, 3));
        }
        Histogram headline = latency.get(AnswerClass.APPROVED);
        for (int i = 1; i <= approved; i++) {
            headline.recordValue(i * 1_000_000L / approved);
        }
        for (int i = 0; i < timeouts; i++) {
            latency.get(AnswerClass.TIMEOUT).recordValue(2_000_000_000L);
        }
        Counts counts = new Counts(
                approved + timeouts + lost, approved, 0, timeouts, lost, 0, 0, 0, 0, 0, 0, 0, 0, timeouts, lost);
        return new LoadResult(
                Plans.plan(new InetSocketAddress(InetAddress.getLoopbackAddress(), 8583), 1_000),
                1_700_000_000_000L,
                1_000_000_000L,
                1_000_000_000L,
                "epoll",
                counts,
                Map.of("00", (long) approved),
                latency,
                headline,
                headline.copy(),
                new Histogram(1, 100_000_000_000L, 3),
                List.of(new Second(
                        1_000_000_000L,
                        1_000_000_000L,
                        approved + timeouts + lost,
                        approved + timeouts,
                        0,
                        Percentiles.of(headline))),
                "",
                LoadResult.Ending.WHOLE);
    }
}
