package io.fluxrig.cli.screen;

import static org.assertj.core.api.Assertions.assertThat;

import io.fluxrig.cli.screen.RackFigures.Trouble;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PlainLineTest {

    @Test
    void shouldPutALoadOnOneLine() {
        assertThat(PlainLine.of(LayoutTest.LOAD))
                .isEqualTo(" 12 s  2,003 tps  p50 74.2 µs  p99 210 µs  p99.9 1.20 ms  max 3.05 ms  approved 22,100"
                        + "  declined 1,500  timeouts 380  open 56");
    }

    @Test
    void shouldPutASwitchAndItsDestinationsOnOneLine() {
        assertThat(PlainLine.of(LayoutTest.RACK, new Pace(1_999, Map.of())))
                .isEqualTo("1,999 tps  p50 74.2 µs  p99 210 µs  open 56  out_scheme_a1 up/closed/3"
                        + "  out_silent down/half-open/40");
    }

    @Test
    void shouldTellGearsWhereThereIsNoSwitchAndWhatIsWrong() {
        RackFigures host = LayoutTest.withoutSwitch(List.of(new Trouble("mixer away", "no mixer answers", "")));

        assertThat(PlainLine.of(host, Pace.NONE)).isEqualTo("no switch  terminals running/24,036  mixer away");
    }
}
