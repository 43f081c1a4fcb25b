package io.fluxrig.engine.gears.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.fluxrig.engine.gear.Outcome;
import io.fluxrig.engine.gears.Probe;
import io.fluxrig.engine.gears.SimRig;
import io.fluxrig.engine.gears.TestPlans;
import java.util.HashSet;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SimSourceTest {
    private static final long SECOND = 1_000_000_000L;
    private static final String GEARS = """
            gears:
              - name: source
                type: sim_source
                config:
                  spec_path: ../specs/v87-ascii.yaml
                  answer_timeout: 5s
                  mix:
                    - { name: buy, weight: 9, mti: "0100", fields: { 2: "$PAN(41,16)", 4: "$RAND(1,99)", 11: "$STAN" } }
                    - { name: echo, weight: 1, mti: "0800", fields: { 11: "$STAN", 70: "301" } }
            %s
              - { name: sink, type: probe }
              - { name: button, type: probe }
            wires:
              - { from: source.out, to: sink.in }
              - { from: sink.out, to: source.in }
              - { from: button.out, to: source.control }
            """;

    private static SimRig rig(String config, int strips) {
        return new SimRig(GEARS.formatted(config), strips);
    }

    @Test
    void shouldSendItsMixAtItsRateUntilTheTotal() {
        SimRig rig = rig("      rate: 200\n      total: 1000\n", 1);

        rig.strips.advance(SECOND);
        assertThat(rig.probe("sink").seen).hasSizeBetween(195, 200);
        rig.strips.advance(9 * SECOND);

        assertThat(rig.probe("sink").seen).hasSize(1000);
        assertThat(rig.probe("sink").seen.stream().filter(seen -> seen.field(0).equals("0800")))
                .hasSizeBetween(60, 140);
        assertThat(new HashSet<>(rig.probe("sink").seen.stream()
                        .map(seen -> seen.field(11))
                        .toList()))
                .hasSize(1000);
    }

    @Test
    void shouldCountAnswersAndTimeouts() {
        SimRig rig = rig("      rate: 10\n      total: 10\n", 1);
        rig.strips.advance(2 * SECOND);
        assertThat(rig.strips.inFlight()).isEqualTo(10);
        for (Probe.Seen seen : rig.probe("sink").seen.subList(0, 4)) {
            rig.send("sink", "out", rig.decoded(SimRig.ASCII, Map.of(0, "0110", 11, seen.field(11), 39, "00")));
        }
        assertThat(rig.strips.inFlight()).isEqualTo(6);

        rig.strips.advance(6 * SECOND);

        assertThat(rig.strips.inFlight()).isZero();
    }

    @Test
    void shouldFindRequestsThatAnotherStripSent() {
        SimRig rig = rig("      rate: 20\n      total: 20\n", 2);
        rig.strips.advance(2 * SECOND);
        Probe other = (Probe) rig.strips.strip(1).gear(rig.ordinal("sink"));
        assertThat(other.seen).hasSize(10);

        for (Probe.Seen seen : other.seen) {
            rig.send("sink", "out", rig.decoded(SimRig.ASCII, Map.of(0, "0110", 11, seen.field(11), 39, "00")));
        }
        rig.strips.settle();

        assertThat(rig.strips.inFlight()).isEqualTo(10);
    }

    @Test
    void shouldOfferAgainWhatNobodyTook() {
        SimRig rig = rig("      rate: 100\n      total: 5\n", 1);
        rig.probe("sink").outcome = message -> Outcome.LINK_DOWN;
        rig.strips.advance(SECOND);
        assertThat(rig.probe("sink").seen).isEmpty();

        rig.probe("sink").outcome = message -> Outcome.ACCEPTED;
        rig.strips.advance(SECOND);

        assertThat(rig.probe("sink").seen)
                .extracting(seen -> seen.field(11))
                .containsExactly("000001", "000002", "000003", "000004", "000005");
    }

    @Test
    void shouldWaitForControlWhereToldSo() {
        SimRig rig = rig("      rate: 100\n      trigger: on_control\n", 1);
        rig.strips.advance(SECOND);
        assertThat(rig.probe("sink").seen).isEmpty();

        rig.send("button", "out", SimRig.raw(new byte[0]));
        rig.strips.advance(SECOND);
        int sent = rig.probe("sink").seen.size();
        assertThat(sent).isPositive();
        rig.send("button", "out", SimRig.raw(new byte[0]));
        rig.strips.advance(SECOND);

        assertThat(rig.probe("sink").seen).hasSize(sent);
    }

    @Test
    void shouldReportWhatItsShapeLacks() {
        var load = TestPlans.load("""
                gears:
                  - name: source
                    type: sim_source
                    config: { spec_path: ../specs/v87-ascii.yaml, shape: spike, spike_every: 1s, spike_for: 2s }
                """);

        assertThat(load.errors().toString()).contains("nothing to send", "spike_for", "rate_to");
    }
}
