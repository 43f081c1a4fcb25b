package io.fluxrig.engine.rack.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

class ProcessStartTest {
    @Test
    void shouldReadTheStartBehindANameThatHoldsAnything() {
        String numbers = "S 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 8014523 20 21";

        assertThat(ProcessStart.parse("4711 (java) " + numbers)).isEqualTo(8_014_523);
        assertThat(ProcessStart.parse("4711 (a) b (c) 9) " + numbers)).isEqualTo(8_014_523);
    }

    @Test
    void shouldNotKnowWhatIsNotTold() {
        assertThat(ProcessStart.parse("")).isEqualTo(ProcessStart.UNKNOWN);
        assertThat(ProcessStart.parse("4711 (java) S 1 2")).isEqualTo(ProcessStart.UNKNOWN);
        assertThat(ProcessStart.ticks(-1)).isEqualTo(ProcessStart.UNKNOWN);
    }

    @Test
    void shouldTellProcessesApart() {
        Assumptions.assumeTrue(Files.exists(Path.of("/proc/self/stat")), "a system that does not tell");
        long own = ProcessStart.ticks(ProcessHandle.current().pid());

        assertThat(own)
                .isPositive()
                .isEqualTo(ProcessStart.ticks(ProcessHandle.current().pid()));
        assertThat(ProcessStart.ticks(1)).isNotEqualTo(own);
    }
}
