package io.fluxrig.engine.gears.conductor;

import static org.assertj.core.api.Assertions.assertThat;

import io.fluxrig.engine.gear.Outcome;
import io.fluxrig.engine.gears.conductor.ConductorRig.Seen;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Whose answers a conductor takes where one host has two lines and another has one. */
final class HostLinesTest {
    private static final Map<Integer, String> REQUEST =
            Map.of(2, "4111111111111111", 4, "000000001234", 11, "000042", 41, "TERM0001");
    private static final Map<Integer, String> ANSWER =
            Map.of(2, "4111111111111111", 4, "000000001234", 11, "000042", 39, "00", 41, "TERM0001");

    private final ConductorRig rig = new ConductorRig("""
            { correlation_key: [stan, terminal.id], valet: { default_ttl: 2s },\
             hosts: [ { name: scheme, destinations: [out_a, out_b] } ],\
             routes: [ { destination: { failover: [out_a, out_b, out_c] } } ] }""");

    @Test
    void shouldTakeAnAnswerOverTheLineThatWasAsked() {
        rig.request(7, "", REQUEST);

        rig.answerFrom("out_a", 110, ANSWER);

        assertThat(rig.at("out_response")).extracting(Seen::connId).containsExactly(7L);
    }

    @Test
    void shouldTakeAnAnswerOverAnotherLineOfTheSameHost() {
        rig.request(7, "", REQUEST);

        rig.answerFrom("out_b", 110, ANSWER);

        assertThat(rig.at("out_response")).extracting(Seen::connId).containsExactly(7L);
        assertThat(rig.at("error")).isEmpty();
        ConductorProbe.assertBooksAgree(List.of(rig.conductor(0)));
    }

    @Test
    void shouldNotTakeAnotherHostsAnswer() {
        rig.request(7, "", REQUEST);

        rig.answerFrom("out_c", 110, ANSWER);
        rig.answerFrom("out_response", 110, ANSWER);

        assertThat(rig.at("out_response")).isEmpty();
        assertThat(rig.at("error")).extracting(Seen::reason).containsExactly("unmatched_reply", "unmatched_reply");
    }

    @Test
    void shouldNotTakeAnAnswerOfALineThatIsNotOfThisHost() {
        rig.says("out_a", Outcome.LINK_DOWN).says("out_b", Outcome.LINK_DOWN);
        rig.request(7, "", REQUEST);
        assertThat(rig.at("out_c")).hasSize(1);

        rig.answerFrom("out_a", 110, ANSWER);

        assertThat(rig.at("out_response")).isEmpty();
        assertThat(rig.lastAt("error").reason()).isEqualTo("unmatched_reply");
    }

    @Test
    void shouldNotTakeStrangersAnswersForALineWithoutConnections() {
        ConductorRig mixed = new ConductorRig("""
                { correlation_key: [stan, terminal.id], valet: { default_ttl: 2s },\
                 hosts: [ { name: scheme, destinations: [out_a, out_inside] } ],\
                 routes: [ { destination: { failover: [out_a, out_inside] } } ] }""");
        mixed.request(7, "", REQUEST);

        mixed.answerFrom("out_c", 110, ANSWER);

        assertThat(mixed.at("out_response")).isEmpty();
        assertThat(mixed.lastAt("error").reason()).isEqualTo("unmatched_reply");
    }
}
