package io.fluxrig.perf.latency;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

class BucketsTest {

    @Test
    void shouldTellApartExactlyWhatAnHdrHistogramTellsApart() {
        SplittableRandom random = new SplittableRandom(42);
        for (int digits = 1; digits <= 5; digits++) {
            Buckets buckets = new Buckets(digits);
            Histogram histogram = new Histogram(1L, LatencyRecorder.HIGHEST_DEFAULT_NS, digits);
            for (int i = 0; i < 20_000; i++) {
                long value = random.nextLong(LatencyRecorder.HIGHEST_DEFAULT_NS) >>> random.nextInt(37);
                int index = buckets.indexOf(value);

                assertThat(buckets.highestOf(index)).isEqualTo(histogram.highestEquivalentValue(value));
                assertThat(buckets.indexOf(histogram.lowestEquivalentValue(value)))
                        .isEqualTo(index);
                assertThat(buckets.indexOf(buckets.highestOf(index) + 1)).isEqualTo(index + 1);
            }
        }
    }
}
