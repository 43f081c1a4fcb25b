package io.fluxrig.load;

import io.fluxrig.load.net.LoadLoop;
import io.fluxrig.load.tally.AnswerClass;
import io.fluxrig.perf.clock.Clock;
import io.fluxrig.perf.latency.LatencyRecorder;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogWriter;

/**
 * Reads the loops' tallies while they run: totals, a series of seconds, the histogram log. Called on one thread; never
 * stops a loop.
 */
final class Sampler implements AutoCloseable {
    private static final long SECOND_NS = TimeUnit.SECONDS.toNanos(1);

    private final List<LoadLoop> loops;
    private final Clock clock;
    private final HistogramLogWriter log;
    private final Map<AnswerClass, Histogram> totals = new EnumMap<>(AnswerClass.class);
    private final Map<AnswerClass, Histogram> intervals = new EnumMap<>(AnswerClass.class);
    private final Histogram headline = histogram();
    private final Histogram recent = histogram();
    private final Histogram service = histogram();
    private final Histogram lag = histogram();
    private final List<Second> seconds = new ArrayList<>();
    private long startNs;
    private long startEpochMs;
    private long intervalStartNs;
    private long intervalStartEpochMs;
    private Counts intervalStart;

    /** @param logFile null for none */
    Sampler(List<LoadLoop> loops, Clock clock, Path logFile) throws IOException {
        this.loops = loops;
        this.clock = clock;
        this.log = logFile == null ? null : open(logFile);
        for (AnswerClass answerClass : AnswerClass.values()) {
            totals.put(answerClass, histogram());
            intervals.put(answerClass, histogram());
        }
        this.intervalStart = Counts.of(loops);
    }

    private static HistogramLogWriter open(Path file) throws FileNotFoundException, IOException {
        Files.createDirectories(file.toAbsolutePath().resolveSibling(""));
        return new HistogramLogWriter(file.toFile());
    }

    private static Histogram histogram() {
        return new LatencyRecorder(LatencyRecorder.HIGHEST_DEFAULT_NS, LatencyRecorder.DIGITS_DEFAULT).newTotal();
    }

    /** Time 0 of the series. */
    void begin(long nowNs) {
        startNs = nowNs;
        intervalStartNs = nowNs;
        startEpochMs = epochMs();
        intervalStartEpochMs = startEpochMs;
        if (log != null) {
            log.outputComment("[fluxrig load: nanoseconds from the intended time of sending, one tag for each class]");
            log.outputLogFormatVersion();
            log.outputStartTime(startEpochMs);
            log.outputLegend();
        }
    }

    long startEpochMs() {
        return startEpochMs;
    }

    private long epochMs() {
        return TimeUnit.NANOSECONDS.toMillis(clock.epochNanos());
    }

    /** Takes what came since the last call, and closes the second if it is over or {@code last}. */
    void sample(long nowNs, boolean last) {
        drain();
        if (nowNs - intervalStartNs >= SECOND_NS || last) {
            closeSecond(nowNs);
        }
    }

    private void drain() {
        for (LoadLoop loop : loops) {
            for (AnswerClass answerClass : AnswerClass.values()) {
                loop.tally().latency.get(answerClass).drainInto(intervals.get(answerClass));
            }
            loop.tally().service.drainInto(service);
            loop.tally().lag.drainInto(lag);
        }
    }

    private void closeSecond(long nowNs) {
        Counts now = Counts.of(loops);
        recent.reset();
        for (AnswerClass answerClass : AnswerClass.values()) {
            Histogram interval = intervals.get(answerClass);
            totals.get(answerClass).add(interval);
            if (answerClass != AnswerClass.TIMEOUT) {
                recent.add(interval);
            }
            writeLog(answerClass, interval);
            interval.reset();
        }
        headline.add(recent);
        seconds.add(new Second(
                nowNs - startNs,
                nowNs - intervalStartNs,
                now.sent() - intervalStart.sent(),
                now.answered() - intervalStart.answered(),
                now.timeouts() - intervalStart.timeouts(),
                Percentiles.of(recent)));
        intervalStart = now;
        intervalStartNs = nowNs;
        intervalStartEpochMs = epochMs();
    }

    private void writeLog(AnswerClass answerClass, Histogram interval) {
        if (log != null && interval.getTotalCount() > 0) {
            interval.setTag(answerClass.label());
            interval.setStartTimeStamp(intervalStartEpochMs);
            interval.setEndTimeStamp(epochMs());
            log.outputIntervalHistogram(interval);
        }
    }

    Progress progress(Progress.Phase phase, long nowNs) {
        Second latest = latestWhole();
        return new Progress(
                phase,
                Math.max(0, nowNs - startNs),
                Counts.of(loops),
                latest == null ? 0 : latest.tps(),
                latest == null ? Percentiles.of(recent) : latest.latency(),
                Percentiles.of(headline));
    }

    /** When all is over; the rate is that of the whole run. */
    Progress last(long nowNs, long sendingNs) {
        Progress now = progress(Progress.Phase.DONE, nowNs);
        double tps = sendingNs == 0 ? 0 : now.counts().answered() * 1e9 / sendingNs;
        return new Progress(now.phase(), now.elapsedNs(), now.counts(), tps, now.recent(), now.total());
    }

    /** The last interval that is long enough for a rate; null if there is none yet. */
    private Second latestWhole() {
        for (int i = seconds.size() - 1; i >= 0; i--) {
            if (seconds.get(i).whole()) {
                return seconds.get(i);
            }
        }
        return null;
    }

    LoadResult result(LoadPlan plan, String transport, long sendingNs, long answeringNs, LoadResult.Ending ending) {
        Map<String, Long> codes = new TreeMap<>();
        for (LoadLoop loop : loops) {
            loop.tally().codes.snapshot().forEach((code, count) -> codes.merge(code, count, Long::sum));
        }
        return new LoadResult(
                plan,
                startEpochMs,
                sendingNs,
                answeringNs,
                transport,
                Counts.of(loops),
                codes,
                totals,
                headline,
                service,
                lag,
                List.copyOf(seconds),
                loops.stream()
                        .map(loop -> loop.tally().brokenBy())
                        .filter(reason -> !reason.isEmpty())
                        .findFirst()
                        .orElse(""),
                ending);
    }

    @Override
    public void close() {
        if (log != null) {
            log.close();
        }
    }
}
