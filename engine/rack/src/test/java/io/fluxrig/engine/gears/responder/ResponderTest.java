package io.fluxrig.engine.gears.responder;

import static org.assertj.core.api.Assertions.assertThat;

import io.fluxrig.engine.gear.Outcome;
import io.fluxrig.engine.gears.Probe;
import io.fluxrig.engine.gears.SimRig;
import io.fluxrig.engine.gears.TestPlans;
import io.fluxrig.transport.msg.FluxMsg;
import io.fluxrig.transport.msg.MetaKey;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ResponderTest {
    private static final String GEARS = """
            gears:
              - { name: source, type: probe }
              - name: answers
                type: responder
                config:
                  spec_path: ../specs/v87-ascii.yaml
            %s
              - { name: sink, type: probe }
              - { name: passed, type: probe }
            wires:
              - { from: source.out, to: answers.in }
              - { from: answers.out, to: sink.in }
            """;
    private static final String PASS_WIRE = "  - { from: answers.pass, to: passed.in }\n";
    private static final String DECLINES = """
                  default: { set: { 39: "$REASON" } }
            """;
    private static final String ECHOES = """
                  rules:
                    - { name: echo, when: "mti == '0800'", set: { 39: "00" } }
                    - { name: slow, when: "mti == '0200'", set: { 39: "00", 38: "$AUTH" }, delay: 2s }
            """;

    private static SimRig rig(String config) {
        return new SimRig(GEARS.formatted(config));
    }

    private static FluxMsg request(SimRig rig) {
        return rig.decoded(
                SimRig.ASCII,
                Map.of(
                        0,
                        "0100",
                        2,
                        "4000001234567899",
                        4,
                        "000000001000",
                        11,
                        "000123",
                        14,
                        "3012",
                        35,
                        "4000001234567899=30121010000000000",
                        41,
                        "TERM0001"));
    }

    @Test
    void shouldDeclineWithTheCodeOfTheReason() {
        Map<String, String> codes = Map.of(
                "timeout",
                "91",
                "no_destination",
                "91",
                "no_route",
                "92",
                "duplicate",
                "94",
                "no_key",
                "30",
                "overload",
                "96");
        codes.forEach((reason, code) -> {
            SimRig rig = rig(DECLINES);
            FluxMsg message = request(rig);
            message.meta().set(MetaKey.ERROR_REASON, reason);

            assertThat(rig.send("source", "out", message)).isEqualTo(Outcome.ACCEPTED);

            Probe.Seen answer = rig.probe("sink").seen.get(0);
            assertThat(answer.field(0)).isEqualTo("0110");
            assertThat(answer.field(39)).as(reason).isEqualTo(code);
            assertThat(answer.meta(MetaKey.ERROR_REASON)).isNull();
        });
    }

    @Test
    void shouldKeepWhatAnswersCarryAndNothingElse() {
        SimRig rig = rig(DECLINES);

        rig.send("source", "out", request(rig));

        Probe.Seen answer = rig.probe("sink").seen.get(0);
        assertThat(answer.fields().keySet()).containsExactly(0, 2, 4, 11, 39, 41);
        assertThat(answer.meta(MetaKey.CONN_ID)).isEqualTo("77");
        assertThat(answer.refId()).isEqualTo(1);
        assertThat(answer.id()).isNotEqualTo(1);
    }

    @Test
    void shouldKeepOnlyTheFieldsListed() {
        SimRig rig = rig(DECLINES + "      echo: [ 11, terminal.id ]\n");

        rig.send("source", "out", request(rig));

        assertThat(rig.probe("sink").seen.get(0).fields().keySet()).containsExactly(0, 11, 39, 41);
    }

    @Test
    void shouldNeverAnswerAnAnswer() {
        SimRig rig = rig(DECLINES);
        FluxMsg late = rig.decoded(SimRig.ASCII, Map.of(0, "0110", 11, "000123", 39, "00"));
        late.meta().set(MetaKey.ERROR_REASON, "unmatched_reply");

        assertThat(rig.send("source", "out", late)).isEqualTo(Outcome.ACCEPTED);

        assertThat(rig.probe("sink").seen).isEmpty();
    }

    @Test
    void shouldPassOnWhatNoRuleTakesAndAnswers() {
        SimRig rig = new SimRig(GEARS.formatted(ECHOES) + PASS_WIRE);

        rig.send("source", "out", rig.decoded(SimRig.ASCII, Map.of(0, "0800", 11, "000001", 70, "301")));
        rig.send("source", "out", request(rig));
        rig.send("source", "out", rig.decoded(SimRig.ASCII, Map.of(0, "0110", 11, "000123", 39, "00")));

        assertThat(rig.probe("sink").seen).extracting(seen -> seen.field(0)).containsExactly("0810");
        assertThat(rig.probe("sink").seen.get(0).field(70)).isEqualTo("301");
        assertThat(rig.probe("passed").seen).extracting(seen -> seen.field(0)).containsExactly("0100", "0110");
    }

    @Test
    void shouldRefuseWhatNoRuleTakesWherePassLeadsNowhere() {
        SimRig rig = rig(ECHOES);

        assertThat(rig.send("source", "out", request(rig))).isEqualTo(Outcome.REFUSED);
    }

    @Test
    void shouldLetADelayedAnswerLeaveInTimeWithItsOwnFields() {
        SimRig rig = rig(ECHOES);
        rig.send("source", "out", rig.decoded(SimRig.ASCII, Map.of(0, "0200", 11, "000001", 41, "TERM0001")));
        rig.send("source", "out", rig.decoded(SimRig.ASCII, Map.of(0, "0200", 11, "000002", 41, "TERM0002")));

        rig.strips.advance(1_900_000_000L);
        assertThat(rig.probe("sink").seen).isEmpty();
        assertThat(rig.strips.inFlight()).isEqualTo(2);
        rig.strips.advance(200_000_000L);

        assertThat(rig.probe("sink").seen)
                .extracting(seen -> seen.field(11))
                .containsExactlyInAnyOrder("000001", "000002");
        assertThat(rig.probe("sink").seen).extracting(seen -> seen.field(0)).containsOnly("0210");
        assertThat(rig.probe("sink").seen)
                .extracting(seen -> seen.meta(MetaKey.CONN_ID))
                .containsOnly("77");
        assertThat(rig.strips.inFlight()).isZero();
    }

    @Test
    void shouldHoldTheSenderBackWhenTooManyAnswersWait() {
        SimRig rig = rig(ECHOES + "      delayed_max: 1\n");
        rig.send("source", "out", rig.decoded(SimRig.ASCII, Map.of(0, "0200", 11, "000001")));

        assertThat(rig.send("source", "out", rig.decoded(SimRig.ASCII, Map.of(0, "0200", 11, "000002"))))
                .isEqualTo(Outcome.FULL);
    }

    @Test
    void shouldAnswerTwiceOrNotAtAllWhenToldSo() {
        SimRig rig = rig("""
                      rules:
                        - { name: twice, when: "field(11) == '000001'", answer: twice, set: { 39: "00" } }
                        - { name: never, when: "field(11) == '000002'", answer: none }
                """);

        rig.send("source", "out", rig.decoded(SimRig.ASCII, Map.of(0, "0200", 11, "000001")));
        rig.send("source", "out", rig.decoded(SimRig.ASCII, Map.of(0, "0200", 11, "000002")));

        assertThat(rig.probe("sink").seen).extracting(seen -> seen.field(11)).containsExactly("000001", "000001");
    }

    @Test
    void shouldTakeAboutThePercentageAndTheSameOnesAgain() {
        String config = """
                      seed: 7
                      rules:
                        - { name: some, percent: 30, set: { 39: "05" } }
                      default: { set: { 39: "00" } }
                """;

        List<String> first = codes(rig(config));

        assertThat(first.stream().filter("05"::equals).count()).isBetween(240L, 360L);
        assertThat(codes(rig(config))).isEqualTo(first);
    }

    @Test
    void shouldReportEveryWrongRuleAtOnce() {
        var load = TestPlans.load("""
                gears:
                  - name: answers
                    type: responder
                    config:
                      spec_path: ../specs/v87-ascii.yaml
                      rules:
                        - { name: a, when: "field(", set: { 39: "00" } }
                        - { name: b, set: { 39: 0, 38: "$NOPE", nofield: "1" } }
                        - { name: c, delay: 5s, delay_max: 1s }
                """);

        assertThat(load.errors()).hasSize(5);
        assertThat(load.errors().toString())
                .contains("rules[0].when", "put it in quotes", "no macro $NOPE", "nofield", "below delay");
    }

    private static List<String> codes(SimRig rig) {
        for (int i = 1; i <= 1000; i++) {
            rig.send("source", "out", rig.decoded(SimRig.ASCII, Map.of(0, "0200", 11, String.format("%06d", i))));
        }
        return rig.probe("sink").seen.stream().map(seen -> seen.field(39)).toList();
    }
}
