package io.fluxrig.load;

import static io.fluxrig.load.Runs.run;
import static org.assertj.core.api.Assertions.assertThat;

import io.fluxrig.load.report.Findings;
import io.fluxrig.perf.clock.Clock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When a run sends, and how it ends. */
class LoadRunTest {
    @TempDir
    Path folder;

    @Test
    void shouldChargeAStallToEveryMessageItHeldBack() throws Exception {
        long stallNs = TimeUnit.MILLISECONDS.toNanos(400);
        AtomicLong heldNs = new AtomicLong();
        FakeSwitch.Behaviour stallOnce = (peer, request) -> {
            if (heldNs.compareAndSet(0, 1)) {
                long beginNs = System.nanoTime();
                while (System.nanoTime() - beginNs < stallNs) {
                    Thread.onSpinWait();
                }
            }
            peer.approve(request);
        };
        try (FakeSwitch target = new FakeSwitch(Plans.ASCII, stallOnce)) {
            // one request in flight: the first answer holds back the 400 that are due meanwhile
            LoadResult result = run(Plans.plan(target.address(), "1000", stallNs * 4, 1, 1, null));
            long slowNs = stallNs / 4;

            // about 300 on an idle machine; only one where the stall is not charged
            assertThat(above(result.headline(), slowNs)).isGreaterThanOrEqualTo(50);
            assertThat(above(result.service(), slowNs)).isLessThan(10);
        }
    }

    private static long above(Histogram histogram, long ns) {
        return histogram.getCountBetweenValues(ns, histogram.getHighestTrackableValue() - 1);
    }

    @Test
    void shouldSayWhatWasDueButNeverSent() throws Exception {
        try (FakeSwitch target = new FakeSwitch(Plans.ASCII, (peer, request) -> {})) {
            LoadResult result = run(
                    Plans.plan(target.address(), "1000", 100_000_000L, 2, 3, null), counts -> counts.unsent() == 94);

            assertThat(result.counts().sent()).isEqualTo(6);
            assertThat(result.counts().unsent()).isEqualTo(94);
            assertThat(Findings.warnings(result)).anyMatch(warning -> warning.contains("94 of 100"));
        }
    }

    @Test
    void shouldKeepInFlightFullInClosedLoop() throws Exception {
        try (FakeSwitch target = new FakeSwitch(Plans.ASCII, FakeSwitch.Peer::approve)) {
            LoadResult result = run(Plans.plan(target.address(), "max", 200_000_000L, 2, 8, null));

            assertThat(result.counts().sent()).as("more than fit at once").isGreaterThan(2 * 8);
            assertThat(result.counts().exact()).isTrue();
            assertThat(Findings.warnings(result)).anyMatch(warning -> warning.startsWith("Closed loop"));
        }
    }

    @Test
    void shouldEndEarlyButAwaitAnswers() throws Exception {
        AtomicReference<LoadRun> run = new AtomicReference<>();
        FakeSwitch.Behaviour stopper = (peer, request) -> {
            run.get().stop();
            peer.approve(request);
        };
        try (FakeSwitch target = new FakeSwitch(Plans.ASCII, stopper)) {
            run.set(new LoadRun(
                    Plans.plan(target.address(), "1000", TimeUnit.MINUTES.toNanos(10), 2, 64, null), Clock.system()));
            LoadResult result = run.get().run(progress -> {});

            assertThat(result.ending()).isEqualTo(LoadResult.Ending.STOPPED);
            assertThat(result.counts().exact()).isTrue();
        }
    }

    @Test
    void shouldWriteAHistogramLogThatOthersRead() throws Exception {
        Path log = folder.resolve("deep/run.hlog");
        try (FakeSwitch target = new FakeSwitch(Plans.ASCII, FakeSwitch.Peer::approve)) {
            run(Plans.plan(target.address(), "1000", 100_000_000L, 2, 64, log));
        }

        try (HistogramLogReader reader = new HistogramLogReader(log.toFile())) {
            Histogram interval = (Histogram) reader.nextIntervalHistogram();
            assertThat(interval.getTag()).isEqualTo("approved");
            assertThat(interval.getTotalCount()).isEqualTo(100);
        }
        assertThat(Files.readString(log)).doesNotContain("411111");
    }
}
