package io.fluxrig.engine.gears.conductor;

import static org.assertj.core.api.Assertions.assertThat;

import io.fluxrig.engine.gear.Outcome;
import io.fluxrig.engine.gears.LogLines;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What an operator reads where an issuer may have approved what its terminal was declined, or was not told. */
final class MoneyLinesTest {
    private static final Map<Integer, String> REQUEST = Map.of(4, "000000001234", 11, "000042", 41, "TERM0001");
    private static final Map<Integer, String> ANSWER = Map.of(11, "000042", 39, "00", 41, "TERM0001");

    private final LogLines lines = new LogLines("gear");
    private final ConductorRig rig = new ConductorRig("{ correlation_key: [stan, terminal.id],"
            + " valet: { default_ttl: 2s }, routes: [ { destination: out_a } ] }");

    @AfterEach
    void close() {
        lines.close();
    }

    @Test
    void shouldNameAnApprovalThatItsTerminalsDialectCannotSay() {
        rig.request(7, "", REQUEST);
        rig.says("out_response", Outcome.REFUSED);

        rig.answerFrom("out_a", 110, ANSWER);

        assertThat(lines.said())
                .containsExactly(
                        "answer 0110 (STAN 000042, terminal TERM0001, code 00) from out_a cannot be written for its"
                                + " terminal (the log of its encoder says why): its terminal is declined; if code 00 the issuer"
                                + " approved: reverse it");
    }

    @Test
    void shouldNameNoMoreOfThemThanALogTakes() {
        for (int stan = 1; stan <= 20; stan++) {
            String trace = "0000%02d".formatted(stan);
            rig.request(stan, "", Map.of(4, "000000001234", 11, trace, 41, "TERM0001"));
            rig.says("out_response", Outcome.REFUSED);
            rig.answerFrom("out_a", 110, Map.of(11, trace, 39, "00", 41, "TERM0001"));
        }

        assertThat(lines.said()).hasSize(5);
    }

    @Test
    void shouldSayWhatALateAnswerMeans() {
        rig.request(7, "", REQUEST);
        rig.advance(2_010);

        rig.answerFrom("out_a", 110, ANSWER);

        assertThat(lines.said())
                .last()
                .asString()
                .contains("(STAN 000042, terminal TERM0001, code 00)")
                .endsWith("its terminal was declined; if code 00 the issuer approved: reverse it");
    }

    @Test
    void shouldSayThatAnAnswerWithoutARequestMayBeMoney() {
        rig.answerFrom("out_a", 110, ANSWER);
        rig.answerFrom("out_a", 810, ANSWER);

        assertThat(lines.said())
                .hasSize(2)
                .element(0)
                .asString()
                .contains(
                        "(STAN 000042, terminal TERM0001, code 00) from out_a belongs to no request: no request has its"
                                + " correlation_key, or it came so late that its request is forgotten; if code 00 the issuer may have"
                                + " approved what its terminal is declined: find it in the issuer's books and reverse it");
        assertThat(lines.said()).last().asString().contains("0810").doesNotContain("approved");
    }

    @Test
    void shouldTellHowManyAnswersWithoutARequestWereLeftOut() {
        for (int i = 0; i < 58; i++) {
            rig.answerFrom("out_a", 110, ANSWER);
        }
        assertThat(lines.said()).hasSize(1);

        rig.advance(10_100);

        assertThat(lines.said())
                .hasSize(2)
                .last()
                .asString()
                .matches(
                        "57 more like this since \\d\\d:\\d\\d:\\d\\dZ: messages of type x11x that belong to no request: no"
                                + " request has its correlation_key, .*if code 00 the issuer may have approved.*");
        rig.advance(60_000);
        assertThat(lines.said()).hasSize(2);
    }

    @Test
    void shouldCountWhatIsGivenUpWhenItIsStopped() {
        rig.request(7, "", REQUEST);
        rig.request(8, "", Map.of(4, "000000001234", 11, "000043", 41, "TERM0001"));

        rig.strips().stop();

        assertThat(lines.said())
                .singleElement()
                .asString()
                .startsWith("stopped with 2 in flight: their terminals are told nothing");
    }

    @Test
    void shouldSayNothingWhereNothingIsGivenUp() {
        rig.request(7, "", REQUEST);
        rig.answerFrom("out_a", 110, ANSWER);

        rig.strips().stop();

        assertThat(lines.said()).isEmpty();
    }
}
