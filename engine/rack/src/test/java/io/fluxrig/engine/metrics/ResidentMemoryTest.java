package io.fluxrig.engine.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ResidentMemoryTest {

    @Test
    void shouldReadTheKernelsFigureInBytes() {
        assertThat(ResidentMemory.parse("Name:\tjava\nVmHWM:\t  999 kB\nVmRSS:\t  312456 kB\nThreads:\t20\n"))
                .isEqualTo(312_456 * 1024.0);
    }

    @Test
    void shouldKnowNothingWhereTheLineIsMissing() {
        assertThat(ResidentMemory.parse("Name:\tjava\n")).isNaN();
    }
}
