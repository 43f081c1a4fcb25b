package io.fluxrig.engine.gears.conductor;

import static org.assertj.core.api.Assertions.assertThat;

import io.fluxrig.engine.gear.Outcome;
import io.fluxrig.perf.clock.VirtualClock;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Conductors of two racks that share their tickets: a request that both are given is sent by one, and told by both. */
final class SharedTicketsTest {
    private static final Map<Integer, String> REQUEST = DurableTicketsTest.REQUEST;
    private static final String CONFIG = DurableTicketsTest.CONFIG.replace("local_durable", "shared");
    private static final String SHORT =
            CONFIG.replace("default_ttl: 2s, retain_after_close: 10s", "default_ttl: 20s, retain_after_close: 2s");
    private static final int LOOK_MS = 110;

    private final TicketBucket bucket = new TicketBucket();
    private final ConductorRig east = rig();
    private ConductorRig west = rig();

    private ConductorRig rig() {
        return new ConductorRig(CONFIG, 1, new VirtualClock(), bucket.rack());
    }

    /** Time passes on both racks. */
    private void advance(int millis) {
        for (int i = 0; i < millis; i++) {
            east.advance(1);
            west.advance(1);
        }
    }

    private static Map<Integer, String> with(int field, String value) {
        Map<Integer, String> fields = new HashMap<>(REQUEST);
        fields.put(field, value);
        return fields;
    }

    private static Map<Integer, String> answer(String code) {
        Map<Integer, String> fields = with(39, code);
        fields.remove(62);
        return fields;
    }

    @Test
    void aRequestThatAnotherRackHasSentWaitsForWhatBecomesOfItThere() {
        east.request(7, "HEADR", REQUEST);
        advance(2);
        assertThat(east.at("out_a")).hasSize(1);
        assertThat(west.requestOn(0, 9, "OTHER", 101, REQUEST)).isEqualTo(Outcome.ACCEPTED);
        advance(LOOK_MS);
        assertThat(west.at("out_a")).isEmpty();
        assertThat(west.conductor(0).inFlight()).isEqualTo(1);

        east.answer(110, answer("00"));
        assertThat(east.lastAt("out_response").connId()).isEqualTo(7);
        advance(LOOK_MS);
        assertThat(west.lastAt("out_response").connId()).isEqualTo(9);
        assertThat(west.lastAt("out_response").header()).isEqualTo("OTHER");
        assertThat(west.lastAt("out_response").fields()).containsEntry(39, "00").containsEntry(62, "PRIVATE");
        assertThat(west.conductor(0).inFlight()).isZero();
    }

    @Test
    void anOutcomeOfAnotherRackIsTold() {
        east.request(7, "", REQUEST);
        east.answer(110, answer("51"));
        west.requestOn(0, 9, "", 101, REQUEST);
        advance(2);
        assertThat(west.lastAt("out_response").fields()).containsEntry(39, "51");
        west.requestOn(0, 10, "", 101, REQUEST);
        assertThat(west.lastAt("out_response").connId()).as("kept here as well").isEqualTo(10);
        assertThat(west.at("out_a")).isEmpty();
    }

    @Test
    void aTimeoutOfAnotherRackIsTold() {
        east.request(7, "", REQUEST);
        advance(1_000);
        west.requestOn(0, 9, "", 101, REQUEST);
        advance(1_200);
        assertThat(east.lastAt("error").reason()).isEqualTo("timeout");
        assertThat(west.lastAt("error").reason()).isEqualTo("timeout");
        assertThat(west.at("out_a")).isEmpty();
    }

    @Test
    void anotherRequestOfTheKeyIsADuplicate() {
        east.request(7, "", REQUEST);
        west.request(9, "", with(4, "000000009999"));
        advance(2);
        assertThat(west.lastAt("error").reason()).isEqualTo("duplicate");
        assertThat(west.at("out_a")).isEmpty();
        assertThat(west.conductor(0).inFlight()).isZero();
    }

    @Test
    void aReversalUnderTheSameKeyIsARequestOfItsOwn() {
        east.request(7, "", REQUEST);
        west.requestOn(0, 9, "", 400, REQUEST);
        advance(2);
        assertThat(west.at("out_a")).hasSize(1);
    }

    @Test
    void whatARackThatDiedHadSentIsNotSentAgain() {
        east.request(7, "", REQUEST);
        west = rig(); // or the same rack, started anew
        west.requestOn(0, 9, "", 101, REQUEST);
        advance(2_010);
        assertThat(west.at("out_a")).isEmpty();
        assertThat(west.lastAt("error").reason()).isEqualTo("timeout");
    }

    @Test
    void whatIsOverIsTakenOver() {
        east.request(7, "", REQUEST);
        east.answer(110, answer("00"));
        advance(10_001); // east keeps it no longer, the bucket does
        west.request(9, "", REQUEST);
        advance(2);
        assertThat(west.at("out_a")).hasSize(1);
        west.answer(110, answer("05"));
        assertThat(west.lastAt("out_response").fields()).containsEntry(39, "05");
        assertThat(west.counted("tickets_elsewhere_total", "became", "taken_over"))
                .isEqualTo(1);
    }

    @Test
    void anOutcomeThatIsHeardOfLateIsToldAllTheSame() {
        ConductorRig first = new ConductorRig(SHORT, 1, new VirtualClock(), bucket.rack());
        ConductorRig second = new ConductorRig(SHORT, 1, new VirtualClock(), bucket.rack());
        first.request(7, "", REQUEST);
        second.requestOn(0, 9, "", 101, REQUEST);
        bucket.holdBack();
        first.answer(110, answer("00"));
        first.advance(6_000);
        second.advance(6_000);
        bucket.answer();
        second.advance(2);
        bucket.answer();
        second.advance(LOOK_MS);
        bucket.answer();
        second.advance(2);
        assertThat(second.at("out_a")).isEmpty();
        assertThat(second.lastAt("out_response").fields()).containsEntry(39, "00");
    }

    @Test
    void aRequestWhoseOutcomeCouldNotBeWrittenIsNotSentByTheOther() {
        east.request(7, "", REQUEST);
        advance(2);
        bucket.full(true);
        east.answer(110, answer("00"));
        assertThat(east.lastAt("out_response").fields()).containsEntry(39, "00");
        advance(10_200); // the outcome is kept no longer
        assertThat(east.conductor(0).keptCount()).isZero();
        bucket.full(false);
        advance(LOOK_MS);
        west.requestOn(0, 9, "", 101, REQUEST);
        advance(2);
        assertThat(west.at("out_a")).isEmpty();
        assertThat(west.lastAt("error").reason()).isEqualTo("timeout");
    }

    @Test
    void aDuplicateIsToldOnce() {
        east.request(7, "", REQUEST);
        west.request(9, "", with(4, "000000009999"));
        advance(1_000);
        assertThat(west.at("error")).hasSize(1);
    }

    @Test
    void whatCameToNothingWhileOneWaitsIsTakenOver() {
        east.request(7, "", REQUEST);
        west.requestOn(0, 9, "", 101, REQUEST);
        advance(2);
        bucket.endAll();
        advance(LOOK_MS + 2);
        assertThat(west.at("out_a")).hasSize(1);
    }

    /** The other rack may have it at the issuer. */
    @Test
    void whatIsForgottenWhileOneWaitsIsNotSent() {
        east.request(7, "", REQUEST);
        west.requestOn(0, 9, "", 101, REQUEST);
        advance(2);
        bucket.forget();
        advance(2_010);
        assertThat(west.at("out_a")).isEmpty();
        assertThat(west.lastAt("error").reason()).isEqualTo("timeout");
        assertThat(west.counted("tickets_elsewhere_total", "became", "taken_over"))
                .isZero();
    }

    @Test
    void whatWasSentTwiceSinceTheBucketWasLostIsToldByWhoSentItFirst() {
        east.request(7, "", REQUEST);
        advance(2);
        bucket.forget();
        west.request(9, "", REQUEST);
        advance(2);
        assertThat(west.at("out_a")).hasSize(1);
        bucket.losesAfter(4_000_000);
        east.answer(110, answer("00"));
        advance(2);
        assertThat(sentTwice(east)).isEqualTo(1);
        assertThat(sentTwice(west)).isZero();
    }

    @Test
    void whatWasTakenOverLongAfterwardsIsNotTheSameRequest() {
        east.request(7, "", REQUEST);
        advance(2);
        bucket.forget();
        advance(1_000);
        west.advance(12_000);
        west.request(9, "", REQUEST);
        west.advance(2);
        bucket.losesAfter(1_002_000_000);
        east.answer(110, answer("00"));
        advance(2);
        assertThat(sentTwice(east)).isZero();
    }

    @Test
    void whatCameToNothingCanBeTriedOnTheOtherRack() {
        east.says("out_a", Outcome.REFUSED);
        east.says("out_b", Outcome.REFUSED);
        east.request(7, "", REQUEST);
        advance(2);
        assertThat(east.lastAt("error").reason()).isEqualTo("no_destination");
        assertThat(bucket.size()).isZero();
        west.request(9, "", REQUEST);
        advance(2);
        assertThat(west.at("out_a")).hasSize(1);
    }

    @Test
    void nothingIsSentBeforeItIsKnownWhoseItIs() {
        bucket.holdBack();
        east.request(7, "", REQUEST);
        advance(100);
        assertThat(east.at("out_a")).isEmpty();
        bucket.answer();
        advance(2);
        assertThat(east.at("out_a")).hasSize(1);
    }

    @Test
    void whatNobodyCanTellIsDeclinedWhereItIsNotToBeSentAlone() {
        bucket.tellsNothing(true);
        east.request(7, "", REQUEST);
        advance(2);
        assertThat(east.lastAt("error").reason()).isEqualTo("overload");
        assertThat(east.at("out_a")).isEmpty();
        bucket.tellsNothing(false);
        east.request(7, "", REQUEST);
        advance(2);
        assertThat(east.at("out_a")).hasSize(1);
    }

    @Test
    void whatWasSentTwiceWhileNobodyCouldTellIsToldAfterItWasAnsweredToo() {
        east.request(7, "", REQUEST);
        east.answer(110, answer("00"));
        bucket.leavesAlone(true);
        west.request(9, "", REQUEST);
        advance(2);
        assertThat(west.at("out_a")).hasSize(1);
        west.answer(110, answer("00"));
        assertThat(west.lastAt("out_response").connId()).isEqualTo(9);
        advance(1_000);
        assertThat(sentTwice(west)).isZero();

        bucket.tellAfterwards(1_000_000_000L);
        advance(2);
        assertThat(sentTwice(west)).isEqualTo(1);
    }

    @Test
    void whatIsOverWhenARequestOfItsKeyIsSentAloneIsNotTheSameRequest() {
        east.request(7, "", REQUEST);
        east.answer(110, answer("00"));
        advance(10_100);
        bucket.leavesAlone(true);
        west.request(9, "", REQUEST);
        advance(2);
        west.answer(110, answer("00"));
        bucket.tellAfterwards(2_000_000L);
        advance(2);
        assertThat(sentTwice(west)).isZero();
    }

    private static long sentTwice(ConductorRig rack) {
        return rack.counted("tickets_elsewhere_total", "became", "sent_twice");
    }

    @Test
    void aTicketThatCannotBeReadIsWaitedFor() {
        east.request(7, "", REQUEST);
        bucket.cutShort(40);
        west.request(9, "", REQUEST);
        advance(LOOK_MS);
        assertThat(west.at("out_a")).isEmpty();
        assertThat(west.counted("tickets_elsewhere_total", "became", "unreadable"))
                .isEqualTo(1);
        advance(2_000);
        assertThat(west.lastAt("error").reason()).isEqualTo("timeout");
    }
}
