package io.fluxrig.engine.gears.conductor;

import static io.fluxrig.engine.gears.conductor.Purchase.CONFIG;
import static io.fluxrig.engine.gears.conductor.Purchase.REQUEST;
import static io.fluxrig.engine.gears.conductor.Purchase.answer;
import static io.fluxrig.engine.gears.conductor.Purchase.with;
import static org.assertj.core.api.Assertions.assertThat;

import io.fluxrig.engine.gear.Outcome;
import io.fluxrig.engine.gears.conductor.ConductorRig.Seen;
import io.fluxrig.engine.message.IsoPayload;
import org.junit.jupiter.api.Test;

/** What a conductor does with a request that comes again, on the same strip or another. */
final class RetransmissionTest {
    private final ConductorRig rig = new ConductorRig(CONFIG);

    @Test
    void shouldLetARetransmissionJoin() {
        rig.request(7, "", REQUEST);
        rig.requestOn(0, 7, "", 101, REQUEST);
        rig.requestOn(0, 8, "OTHER", 101, REQUEST);

        rig.answer(110, answer("00"));

        assertThat(rig.at("out_a")).hasSize(1);
        assertThat(rig.at("out_response")).extracting(Seen::connId).containsExactly(7L, 8L);
        assertThat(rig.lastAt("out_response").header()).isEqualTo("OTHER");
        assertThat(rig.lastAt("out_response").fields()).containsEntry(62, "PRIVATE");
    }

    @Test
    void shouldTellARetransmissionTheKeptOutcome() {
        rig.request(7, "", REQUEST);
        rig.answer(110, answer("51"));

        rig.requestOn(0, 8, "", 101, REQUEST);

        assertThat(rig.at("out_a")).hasSize(1);
        assertThat(rig.lastAt("out_response").connId()).isEqualTo(8);
        assertThat(rig.lastAt("out_response").fields()).containsEntry(39, "51").containsEntry(62, "PRIVATE");
        rig.advance(1_200);
        rig.requestOn(0, 8, "", 101, REQUEST);
        assertThat(rig.at("out_a")).hasSize(2);
    }

    @Test
    void shouldTellARetransmissionOfATimeout() {
        rig.request(7, "", REQUEST);
        rig.advance(2_010);

        rig.requestOn(0, 8, "", 101, REQUEST);

        assertThat(rig.at("error")).extracting(Seen::reason).containsExactly("timeout", "timeout");
        assertThat(rig.at("error")).extracting(Seen::connId).containsExactly(7L, 8L);
        assertThat(rig.at("out_a")).hasSize(1);
    }

    @Test
    void shouldRefuseAnotherRequestUnderAnOpenKey() {
        rig.request(7, "", REQUEST);

        rig.request(8, "", with(4, "000000009999"));

        assertThat(rig.lastAt("error").reason()).isEqualTo("duplicate");
        assertThat(rig.lastAt("error").connId()).isEqualTo(8);
    }

    @Test
    void shouldHandARetransmissionAndAnAnswerToTheStripThatHoldsTheTicket() {
        ConductorRig two = new ConductorRig(CONFIG, 2);
        two.requestOn(0, 7, "", 100, REQUEST);

        two.requestOn(1, 8, "", 101, REQUEST);
        two.answerOn(1, 110, answer("00"));

        assertThat(two.at("out_a")).hasSize(1);
        assertThat(two.at("out_response")).extracting(Seen::connId).containsExactly(7L, 8L);
        assertThat(two.conductor(0).inFlight() + two.conductor(1).inFlight()).isZero();
    }

    @Test
    void shouldOfferAgainWhatAnotherStripHandedOver() {
        ConductorRig two = new ConductorRig(CONFIG, 2);
        two.requestOn(0, 7, "", 100, REQUEST);
        two.says("error", Outcome.FULL)
                .does(
                        "error",
                        message -> ((IsoPayload) message.payload()).message().setMti(110));

        two.requestOn(1, 8, "HEADR", 100, with(4, "000000009999"));
        assertThat(two.at("error")).isEmpty();
        two.advance(20);

        Seen left = two.lastAt("error");
        assertThat(left.reason()).isEqualTo("duplicate");
        assertThat(left.connId()).isEqualTo(8);
        assertThat(left.header()).isEqualTo("HEADR");
        assertThat(left.fields()).containsEntry(4, "000000009999");
    }
}
