package io.fluxrig.engine.gears.io;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ComingsTest {
    private static final long SECOND_NS = 1_000_000_000L;

    private final Comings comings = new Comings(2);

    private List<String> closedEachSecond(int link, String reason, int from, int to) {
        List<String> said = new ArrayList<>();
        for (int second = from; second < to; second++) {
            if (comings.closed(link, reason, second * SECOND_NS)) {
                said.add(reason + comings.soFar(link, reason, second * SECOND_NS));
            }
            if (comings.tellsUp(link)) {
                said.add("up");
            }
        }
        return said;
    }

    @Test
    void shouldTellOneOfManyClosesAMinuteAndHowManyThereWere() {
        assertThat(closedEachSecond(1, "not_an_mti", 0, 121))
                .containsExactly(
                        "not_an_mti",
                        "up",
                        "not_an_mti (59 more in 60s were not told)",
                        "up",
                        "not_an_mti (59 more in 60s were not told)",
                        "up");
    }

    @Test
    void shouldTellEachReasonAndEachCloseAfterAWhile() {
        assertThat(closedEachSecond(0, "peer_closed", 0, 1)).containsExactly("peer_closed", "up");
        assertThat(closedEachSecond(0, "idle", 1, 2)).containsExactly("idle", "up");
        assertThat(closedEachSecond(0, "idle", 61, 62)).containsExactly("idle", "up");
    }

    @Test
    void shouldTellOfTheFirstTimeAndKeepLinksApart() {
        assertThat(comings.tellsUp(0)).isTrue();
        closedEachSecond(1, "idle", 0, 2);
        assertThat(closedEachSecond(0, "idle", 2, 3)).containsExactly("idle", "up");
    }
}
