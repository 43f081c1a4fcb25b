package io.fluxrig.engine.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ProcessMetricsTest {
    /** The whole page, and what the rack says of its health, was an error 500. */
    @Test
    void shouldLeaveOutHowManyDescriptorsAreOpenWhereNoneIsFreeToCountThem() {
        assertThat(ProcessMetrics.readable(() -> 7)).isEqualTo(7);
        assertThat(ProcessMetrics.readable(() -> {
                    throw new InternalError("errno: 24 error: Unable to open directory /proc/self/fd");
                }))
                .isNaN();
    }
}
