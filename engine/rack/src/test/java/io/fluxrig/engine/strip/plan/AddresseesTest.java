package io.fluxrig.engine.strip.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.fluxrig.engine.gear.Outcome;
import io.fluxrig.engine.strip.TestGears;
import io.fluxrig.engine.strip.plan.StripPlan.GearPlan;
import io.fluxrig.engine.strip.plan.StripPlan.WirePlan;
import io.fluxrig.transport.journal.store.SyncMode;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Who else is offered what a gear is offered: terminals 0 -> decode 1 -> switch 2 -> encode 3 -> terminals 0, and beside it an encoder 4
 * with a line 5.
 */
class AddresseesTest {
    private static final int TERMINALS = 0;
    private static final int DECODE = 1;
    private static final int SWITCH = 2;
    private static final int ENCODE = 3;
    private static final int ENCODE_LINE = 4;
    private static final int LINE = 5;

    private final List<GearPlan> gears = List.of(
            gear("io_test", "terminals"),
            gear("codec_test", "decode"),
            gear("test", "switch"),
            gear("codec_test", "encode"),
            gear("codec_test", "encode_line"),
            gear("io_test", "line"));

    private static GearPlan gear(String type, String name) {
        return TestGears.gear(type, name, context -> (port, message) -> Outcome.ACCEPTED);
    }

    private StripPlan plan(WirePlan... more) {
        List<WirePlan> wires = new ArrayList<>(List.of(
                TestGears.wire(TERMINALS, DECODE),
                TestGears.wire(DECODE, SWITCH),
                new WirePlan(SWITCH, "out_response", ENCODE, 0),
                TestGears.wire(ENCODE, TERMINALS),
                TestGears.wire(ENCODE_LINE, LINE)));
        wires.addAll(List.of(more));
        return new StripPlan("test", gears, wires);
    }

    @Test
    void shouldTakeACopyOfWhatWasDecodedForNobodyElses() {
        assertThat(Addressees.beside(plan(TestGears.wire(DECODE, ENCODE_LINE)), LINE)
                        .get(TERMINALS))
                .as("the switch makes messages of its own")
                .isFalse();
    }

    @Test
    void shouldSeeWhoIsOfferedTheSameAnswer() {
        assertThat(Addressees.beside(plan(TestGears.wire(ENCODE, LINE)), LINE).get(TERMINALS))
                .as("one encoder for both")
                .isTrue();
        assertThat(Addressees.beside(plan(new WirePlan(SWITCH, "out_response", ENCODE_LINE, 0)), LINE)
                        .get(TERMINALS))
                .as("an encoder each")
                .isTrue();
        assertThat(Addressees.beside(plan(new WirePlan(SWITCH, "out_other", ENCODE_LINE, 0)), LINE)
                        .get(TERMINALS))
                .as("another port")
                .isFalse();
    }

    @Test
    void shouldTakeWhatComesOverADurableWireForACopyEvenOfAnAnswer() {
        WirePlan copies = new WirePlan(SWITCH, "out_response", ENCODE_LINE, 0, SyncMode.OS);

        assertThat(Addressees.beside(plan(copies), LINE).get(TERMINALS)).isFalse();
        assertThat(Addressees.beside(plan(copies), TERMINALS).get(LINE))
                .as("what is offered to the line is offered to terminals, the copy before it")
                .isTrue();
    }

    @Test
    void shouldCountGearsThatWentSinceTheirConnectionsMayBeThere() {
        List<GearPlan> now = new ArrayList<>(gears);
        now.set(TERMINALS, now.get(TERMINALS).taken());
        StripPlan without = new StripPlan("test", now, List.of(TestGears.wire(ENCODE_LINE, LINE)));

        assertThat(Addressees.beside(without, LINE).get(TERMINALS)).isTrue();
        assertThat(Addressees.beside(without, LINE).get(DECODE)).isFalse();
    }
}
