package io.fluxrig.perf.latency;

import static org.assertj.core.api.Assertions.assertThat;

import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class LatencyRecorderTest {

    private final LatencyRecorder recorder = new LatencyRecorder();
    private final Histogram total = recorder.newTotal();

    @Test
    void shouldDrainWhatWasRecorded() {
        recorder.record(1_000);
        recorder.record(2_000);
        recorder.drainInto(total);

        assertThat(total.getTotalCount()).isEqualTo(2);
        assertThat(total.getCountAtValue(1_000)).isEqualTo(1);
        assertThat(total.valuesAreEquivalent(total.getMaxValue(), 2_000)).isTrue();
    }

    @Test
    void shouldDrainEachLatencyOnce() {
        recorder.record(1_000);
        recorder.drainInto(total);
        recorder.drainInto(total);
        recorder.record(3_000);
        recorder.drainInto(total);
        recorder.drainInto(total);

        assertThat(total.getTotalCount()).isEqualTo(2);
    }

    @Test
    void shouldClampWhatIsOutOfRange() {
        recorder.record(-5);
        recorder.record(Long.MAX_VALUE);
        recorder.drainInto(total);

        assertThat(total.getCountAtValue(0)).isEqualTo(1);
        assertThat(total.getCountAtValue(LatencyRecorder.HIGHEST_DEFAULT_NS)).isEqualTo(1);
    }

    @Test
    void shouldCoverTheRangeAskedFor() {
        LatencyRecorder coarse = new LatencyRecorder(1_000, 1);
        coarse.record(5_000);
        Histogram coarseTotal = coarse.newTotal();
        coarse.drainInto(coarseTotal);

        assertThat(coarseTotal.getNumberOfSignificantValueDigits()).isEqualTo(1);
        assertThat(coarseTotal.getMaxValue()).isBetween(1_000L, 1_100L);
    }

    @Test
    @Timeout(60)
    void shouldLoseNothingWhileBeingDrained() throws InterruptedException {
        int records = 300_000;
        Thread writer = new Thread(() -> {
            for (int i = 0; i < records; i++) {
                recorder.record(i);
            }
        });
        writer.start();
        while (writer.isAlive()) {
            recorder.drainInto(total);
        }
        writer.join();
        recorder.drainInto(total);

        assertThat(total.getTotalCount()).isEqualTo(records);
    }
}
