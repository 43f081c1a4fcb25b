package io.fluxrig.bench.rack;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RackFiguresTest {
    private final RackFigures figures = RackFigures.parse("""
            # HELP fluxrig_errors_total Messages that left on error
            # TYPE fluxrig_errors_total counter
            fluxrig_errors_total{gear="switch",reason="timeout"} 3
            fluxrig_errors_total{gear="switch",reason="no route, at all"} 4
            fluxrig_in_flight{gear="switch"} 2.5
            fluxrig_uptime_seconds 12
            """);

    @Test
    void shouldAddUpTheSeriesOfAName() {
        assertThat(figures.sum("fluxrig_errors_total")).isEqualTo(7);
        assertThat(figures.sum("fluxrig_uptime_seconds")).isEqualTo(12);
    }

    @Test
    void shouldAddUpOnlySeriesWithTheLabel() {
        assertThat(figures.sum("fluxrig_errors_total", "reason=\"timeout\"")).isEqualTo(3);
    }

    @Test
    void shouldKnowNoFigureOfANameThatIsNotThere() {
        assertThat(figures.sum("fluxrig_errors")).isNaN();
        assertThat(figures.sum("fluxrig_errors_total", "reason=\"other\"")).isNaN();
    }
}
