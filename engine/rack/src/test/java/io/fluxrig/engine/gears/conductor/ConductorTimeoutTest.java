package io.fluxrig.engine.gears.conductor;

import static io.fluxrig.engine.gears.conductor.Purchase.CONFIG;
import static io.fluxrig.engine.gears.conductor.Purchase.REQUEST;
import static io.fluxrig.engine.gears.conductor.Purchase.answer;
import static io.fluxrig.engine.gears.conductor.Purchase.with;
import static org.assertj.core.api.Assertions.assertThat;

import io.fluxrig.engine.gear.Outcome;
import io.fluxrig.engine.gears.conductor.ConductorRig.Seen;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What becomes of requests at their deadline. */
final class ConductorTimeoutTest {
    private final ConductorRig rig = new ConductorRig(CONFIG);

    @Test
    void shouldLetTheRequestLeaveOnErrorAtItsDeadline() {
        rig.request(7, "HEADR", REQUEST);

        rig.advance(1_990);
        assertThat(rig.at("error")).isEmpty();
        rig.advance(20);

        Seen left = rig.lastAt("error");
        assertThat(left.reason()).isEqualTo("timeout");
        assertThat(left.mti()).isEqualTo(100);
        assertThat(left.connId()).isEqualTo(7);
        assertThat(left.header()).isEqualTo("HEADR");
        assertThat(left.fields()).isEqualTo(REQUEST);
        assertThat(left.id()).isEqualTo(1007);
    }

    @Test
    void shouldNotGiveTheLateAnswerOfTheRequestBefore() {
        rig.request(7, "", with(37, "000000000001"));
        rig.advance(4_000);
        rig.request(7, "", with(37, "000000000002"));
        Map<Integer, String> late = new HashMap<>(answer("00"));
        late.put(37, "000000000001");

        rig.answer(110, late);
        assertThat(rig.at("out_response")).isEmpty();
        late.put(37, "000000000002");
        rig.answer(110, late);

        assertThat(rig.at("out_response")).hasSize(1);
    }

    @Test
    void shouldTimeOutARequestWhoseAnswerTheRequesterCannotRead() {
        rig.request(7, "", REQUEST);
        rig.says("out_response", Outcome.REFUSED);

        rig.answer(110, answer("00"));
        rig.advance(2_010);

        assertThat(rig.at("out_response")).isEmpty();
        assertThat(rig.lastAt("error").reason()).isEqualTo("timeout");
        assertThat(rig.lastAt("error").fields()).isEqualTo(REQUEST);
    }

    @Test
    void shouldKeepTheOutcomeForATerminalThatIsGone() {
        rig.request(7, "", REQUEST);
        rig.says("out_response", Outcome.LINK_DOWN);
        rig.answer(110, answer("00"));

        rig.requestOn(0, 8, "", 101, REQUEST);

        assertThat(rig.at("out_a")).hasSize(1);
        assertThat(rig.lastAt("out_response").connId()).isEqualTo(8);
    }
}
