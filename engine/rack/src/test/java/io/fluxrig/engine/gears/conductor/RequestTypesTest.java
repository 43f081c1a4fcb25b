package io.fluxrig.engine.gears.conductor;

import static org.assertj.core.api.Assertions.assertThat;

import io.fluxrig.engine.gears.conductor.ConductorRig.Seen;
import io.fluxrig.engine.gears.conductor.correlation.MessageTypes;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A STAN and a terminal say which transaction is meant; the message type and the other fields say which message of it. */
final class RequestTypesTest {
    private static final Map<Integer, String> REQUEST = Map.of(
            2, "4111111111111111", 3, "000000", 4, "000000001234", 7, "1126101500", 11, "000042", 41, "TERM0001");

    private static final String CONFIG = "{ correlation_key: [iso8583.mti_class, stan, terminal.id], %s"
            + " valet: { default_ttl: 2s, retain_after_close: 1s }, routes: [ { name: all, destination: out_a } ] }";

    private final ConductorRig rig = new ConductorRig(CONFIG.formatted(""));

    @ParameterizedTest
    @CsvSource({"400, 420", "420, 400", "200, 220", "100, 120", "100, 102", "1100, 1120", "421, 401"})
    void shouldSendARequestOfAnotherTypeAfterTheFirstWasAnswered(int first, int second) {
        rig.requestOn(0, 7, "", first, REQUEST);
        rig.answer(answerTo(first), answer("00"));

        rig.requestOn(0, 7, "", second, REQUEST);
        rig.answer(answerTo(second), answer("51"));

        assertThat(rig.at("out_a")).extracting(Seen::mti).containsExactly(first, second);
        assertThat(rig.at("out_response")).extracting(Seen::mti).containsExactly(answerTo(first), answerTo(second));
        assertThat(rig.lastAt("out_response").fields()).containsEntry(39, "51");
    }

    @ParameterizedTest
    @CsvSource({"400, 420", "200, 220", "100, 120", "100, 102"})
    void shouldAnswerEachOfTwoTypesInFlightWithItsOwn(int first, int second) {
        rig.requestOn(0, 7, "", first, REQUEST);
        rig.requestOn(0, 8, "", second, REQUEST);

        rig.answer(answerTo(second), answer("51"));
        rig.answer(answerTo(first), answer("00"));

        assertThat(rig.at("out_response")).extracting(Seen::connId).containsExactly(8L, 7L);
        assertThat(rig.at("out_response"))
                .extracting(seen -> seen.fields().get(39))
                .containsExactly("51", "00");
        assertThat(rig.at("error")).isEmpty();
    }

    @Test
    void shouldMatchTypesOnTheStripThatHoldsTheKey() {
        ConductorRig two = new ConductorRig(CONFIG.formatted(""), 2);
        two.requestOn(0, 7, "", 400, REQUEST);
        two.requestOn(1, 8, "", 420, REQUEST);

        two.answerOn(0, 430, answer("00"));
        two.answerOn(1, 410, answer("00"));

        assertThat(two.at("out_response")).extracting(Seen::connId).containsExactly(8L, 7L);
        assertThat(two.at("out_response")).extracting(Seen::mti).containsExactly(430, 410);
    }

    @ParameterizedTest
    @CsvSource({"100, 101", "400, 401", "420, 421", "421, 420", "102, 103"})
    void shouldTakeARequestsOwnRepeatForARetransmission(int first, int repeat) {
        rig.requestOn(0, 7, "", first, REQUEST);
        rig.requestOn(0, 8, "", repeat, REQUEST);

        rig.answer(answerTo(first), answer("00"));
        rig.requestOn(0, 9, "", repeat, REQUEST);

        assertThat(rig.at("out_a")).hasSize(1);
        assertThat(rig.at("out_response")).extracting(Seen::connId).containsExactly(7L, 8L, 9L);
    }

    @Test
    void shouldNotRedeemAnAdviceWithAnAnswerToItsRequest() {
        rig.requestOn(0, 7, "", 420, REQUEST);

        rig.answer(410, answer("00"));
        rig.advance(2_010);

        assertThat(rig.at("out_response")).isEmpty();
        assertThat(rig.at("error")).extracting(Seen::reason).containsExactly("unmatched_reply", "timeout");
    }

    @Test
    void shouldTakeAnAnswerThatNamesNoOriginForTheOnlyRequestItFits() {
        rig.requestOn(0, 7, "", 422, REQUEST);

        rig.answer(430, answer("00"));

        assertThat(rig.lastAt("out_response").connId()).isEqualTo(7);
    }

    @ParameterizedTest
    @CsvSource({
        "4, 000000009999",
        "37, 000000000009",
        "38, A00009",
        "12, 101501",
        "49, 840",
        "90, 010000004211261015000000000000000000000000",
        "63, OTHER"
    })
    void shouldRefuseAnotherRequestOfTheSameKeyAndType(int field, String value) {
        rig.requestOn(0, 7, "", 420, REQUEST);
        rig.answer(430, answer("00"));

        rig.requestOn(0, 8, "", 420, with(field, value));

        assertThat(rig.at("out_response")).hasSize(1);
        assertThat(rig.lastAt("error").reason()).isEqualTo("duplicate");
    }

    @ParameterizedTest
    @CsvSource({"7, 1126101502", "52, 0011223344556677", "64, 8899AABBCCDDEEFF"})
    void shouldLetARepeatCarryAnewWhatSendersWriteForEachSending(int field, String value) {
        rig.requestOn(0, 7, "", 100, REQUEST);

        rig.requestOn(0, 8, "", 101, with(field, value));

        assertThat(rig.at("error")).isEmpty();
        assertThat(rig.at("out_a")).hasSize(1);
    }

    @Test
    void shouldLetTheConfigurationSayWhatARepeatMayCarryAnew() {
        ConductorRig named = new ConductorRig(CONFIG.formatted("restamped_fields: [local_time, iso8583.field.63],"));
        named.requestOn(0, 7, "", 100, REQUEST);

        named.requestOn(0, 8, "", 101, with(63, "SECOND"));
        assertThat(named.at("error")).isEmpty();
        named.requestOn(0, 8, "", 101, with(7, "1126101502"));

        assertThat(named.lastAt("error").reason()).isEqualTo("duplicate");
    }

    private static int answerTo(int mti) {
        return MessageTypes.withoutRepeat(mti) + 10;
    }

    private static Map<Integer, String> answer(String code) {
        return with(39, code);
    }

    private static Map<Integer, String> with(int field, String value) {
        Map<Integer, String> fields = new HashMap<>(REQUEST);
        fields.put(field, value);
        return fields;
    }
}
