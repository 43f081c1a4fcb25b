package io.fluxrig.engine.gears.conductor;

import static io.fluxrig.engine.gears.conductor.Purchase.CONFIG;
import static io.fluxrig.engine.gears.conductor.Purchase.REQUEST;
import static io.fluxrig.engine.gears.conductor.Purchase.answer;
import static io.fluxrig.engine.gears.conductor.Purchase.with;
import static org.assertj.core.api.Assertions.assertThat;

import io.fluxrig.engine.gear.Outcome;
import io.fluxrig.engine.gears.conductor.ConductorRig.Seen;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** An outcome whose way back does not take it: offered again, for a while. */
final class OutcomeOfferTest {
    private final ConductorRig rig = new ConductorRig(CONFIG);

    @Test
    void shouldOfferADeclineAgainWhereTheWayOfErrorsWasStalled() {
        rig.request(7, "", REQUEST);
        rig.says("error", Outcome.STALLED, Outcome.STALLED);
        rig.advance(2_003);
        assertThat(rig.at("error")).isEmpty();
        rig.advance(20);
        assertThat(rig.lastAt("error").reason()).isEqualTo("timeout");

        rig.says("out_a", Outcome.STALLED).says("out_b", Outcome.STALLED).says("error", Outcome.STALLED);
        assertThat(rig.request(8, "", REQUEST)).isEqualTo(Outcome.STALLED);
    }

    @Test
    void shouldOfferAnOutcomeAgainWhereTheWayBackWasFull() {
        rig.request(7, "", REQUEST);
        rig.says("out_response", Outcome.FULL, Outcome.STALLED);

        rig.answer(110, answer("00"));
        assertThat(rig.at("out_response")).isEmpty();
        assertThat(rig.conductor(0).inFlight()).isEqualTo(1);
        rig.advance(30);

        assertThat(rig.at("out_response")).hasSize(1);
        assertThat(rig.lastAt("out_response").fields()).containsEntry(62, "PRIVATE");
        assertThat(rig.conductor(0).inFlight()).isZero();
    }

    @Test
    void shouldGiveUpOfferingAfterAWhile() {
        rig.request(7, "", REQUEST);
        rig.says("out_response", full(500));

        rig.answer(110, answer("00"));
        rig.advance(1_000);

        assertThat(rig.conductor(0).inFlight()).isZero();
        assertThat(rig.at("out_response")).isEmpty();
    }

    @Test
    void shouldKeepAnOutcomeLongerForARetransmissionWhoseWayBackIsFull() {
        rig.request(7, "", REQUEST);
        rig.answer(110, answer("00"));
        rig.advance(950);
        rig.says("out_response", full(60));

        rig.requestOn(0, 8, "", 101, REQUEST);
        rig.advance(1_000);

        assertThat(rig.at("out_a")).hasSize(1);
        assertThat(rig.at("out_response")).extracting(Seen::connId).containsExactly(7L, 8L);
    }

    @Test
    void shouldLetGoOfAnOutcomeThatIsStillAwaitedAfterTheLongerTime() {
        rig.request(7, "", REQUEST);
        rig.answer(110, answer("00"));
        rig.advance(950);
        rig.says("out_response", full(1_000));

        rig.requestOn(0, 8, "", 101, REQUEST);
        rig.advance(2_200);

        assertThat(rig.at("out_response")).extracting(Seen::connId).containsExactly(7L);
        assertThat(rig.conductor(0).recordsInUse()).isZero();
    }

    @Test
    void shouldAskTheSenderToWaitWhereErrorIsFull() {
        rig.says("error", Outcome.FULL);

        assertThat(rig.request(1, "", with(2, "6111111111111111"))).isEqualTo(Outcome.FULL);
    }

    private static int[] full(int times) {
        int[] full = new int[times];
        Arrays.fill(full, Outcome.FULL);
        return full;
    }
}
