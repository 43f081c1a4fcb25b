package io.fluxrig.engine.gears.conductor;

import static io.fluxrig.engine.gears.conductor.Purchase.CONFIG;
import static io.fluxrig.engine.gears.conductor.Purchase.REQUEST;
import static io.fluxrig.engine.gears.conductor.Purchase.answer;
import static io.fluxrig.engine.gears.conductor.Purchase.with;
import static org.assertj.core.api.Assertions.assertThat;

import io.fluxrig.engine.gear.Outcome;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Each request is counted once, whatever becomes of it. */
final class ConductorCountsTest {
    private final ConductorRig rig = new ConductorRig(CONFIG);

    /** What the conductor has counted, of all its strips. */
    private long counted(String name, String label, String value) {
        return Math.round(rig.strips()
                .metrics()
                .snapshot()
                .of(name)
                .filter(sample ->
                        label.isEmpty() || value.equals(sample.labels().get(label)))
                .mapToDouble(sample -> sample.value())
                .sum());
    }

    @Test
    void shouldCountARequestOnceHoweverOftenItIsSent() {
        rig.request(7, "", REQUEST);
        rig.requestOn(0, 8, "", 101, REQUEST); // joins
        rig.answer(110, answer("00"));
        rig.requestOn(0, 9, "", 101, REQUEST); // is told again

        assertThat(counted("requests_total", "", "")).isEqualTo(1);
        assertThat(counted("answers_total", "", "")).isEqualTo(1);
        assertThat(counted("retransmissions_total", "", "")).isEqualTo(2);
        assertThat(counted("errors_total", "", "")).isZero();
    }

    @Test
    void shouldCountATimeoutOnceHoweverManyWait() {
        rig.request(7, "", REQUEST);
        rig.requestOn(0, 8, "", 101, REQUEST);
        rig.advance(2_010);
        rig.requestOn(0, 9, "", 101, REQUEST);

        assertThat(rig.at("error")).hasSize(3);
        assertThat(counted("requests_total", "", "")).isEqualTo(1);
        assertThat(counted("errors_total", "reason", "timeout")).isEqualTo(1);
        assertThat(counted("retransmissions_total", "became", "joined")).isEqualTo(1);
        assertThat(counted("retransmissions_total", "became", "declined")).isEqualTo(1);
    }

    @Test
    void shouldCountWhatItRefusesAsARequestOnceItIsTold() {
        rig.says("error", Outcome.FULL);
        Map<Integer, String> nowhere = with(2, "9111111111111111");

        assertThat(rig.request(7, "", nowhere)).isEqualTo(Outcome.FULL);
        assertThat(counted("requests_total", "", ""))
                .as("its sender offers it again")
                .isZero();
        rig.request(7, "", nowhere);

        assertThat(counted("requests_total", "", "")).isEqualTo(1);
        assertThat(counted("errors_total", "reason", "no_route")).isEqualTo(1);
    }

    @Test
    void shouldCountWhatADestinationWasNotSentAndWhy() {
        for (int i = 0; i < 2; i++) {
            rig.request(7, "", with(11, "10000" + i));
        }
        rig.advance(2_010);
        rig.request(7, "", with(11, "100002"));
        assertThat(counted("destination_skipped_total", "reason", "breaker")).isEqualTo(1);
        assertThat(counted("destination_skipped_total", "destination", "out_a")).isEqualTo(1);

        rig.links("out_a", 0);
        rig.request(7, "", with(11, "100003"));
        assertThat(counted("destination_skipped_total", "reason", "no_link")).isEqualTo(1);
        assertThat(counted("destination_skipped_total", "destination", "out_a")).isEqualTo(2);
        assertThat(counted("destination_skipped_total", "destination", "out_b")).isZero();
    }
}
