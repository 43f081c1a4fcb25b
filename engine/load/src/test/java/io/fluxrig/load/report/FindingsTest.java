package io.fluxrig.load.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.fluxrig.load.LoadResult;
import io.fluxrig.load.Results;
import org.junit.jupiter.api.Test;

class FindingsTest {
    private static LoadResult laggingBy(long ns) {
        LoadResult result = Results.of(1_000, 0);
        for (int i = 0; i < 1_000; i++) {
            result.lag().recordValue(ns);
        }
        return result;
    }

    @Test
    void shouldSayInTheSummaryThatTheToolWasBehindItsSchedule() {
        assertThat(TextSummary.of(laggingBy(5_000_000))).contains("behind its schedule by 5.00 ms");
        assertThat(TextSummary.of(laggingBy(20_000))).doesNotContain("behind its schedule");
    }
}
