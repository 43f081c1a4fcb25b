package io.fluxrig.engine.gears.conductor;

import static org.assertj.core.api.Assertions.assertThat;

import io.fluxrig.engine.gears.TestPlans;
import io.fluxrig.engine.gears.conductor.ConductorRig.Seen;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A terminal uses its STAN again; the host answers the request before. */
final class ConfirmationTest {
    private static final String CONFIG = "{ correlation_key: [iso8583.mti_class, stan, terminal.id], %s"
            + " valet: { default_ttl: 2s, retain_after_close: 1s }, routes: [ { name: all, destination: out_a } ] }";

    private static final Map<Integer, String> FIRST = request("000000001000", "RRN000000001");
    private static final Map<Integer, String> SECOND = request("000000099900", "RRN000000002");

    private ConductorRig rig = new ConductorRig(CONFIG.formatted(""));

    private static Map<Integer, String> request(String amount, String rrn) {
        return Map.of(
                2, "4111111111111111", 3, "000000", 4, amount, 7, "1126101500", 11, "000042", 37, rrn, 41, "TERM0001");
    }

    /** The answer to a request with some fields otherwise; null for one that it lacks. */
    private static Map<Integer, String> answer(Map<Integer, String> request, String code, Object... other) {
        Map<Integer, String> fields = new HashMap<>(request);
        fields.put(39, code);
        for (int i = 0; i < other.length; i += 2) {
            if (other[i + 1] == null) {
                fields.remove((Integer) other[i]);
            } else {
                fields.put((Integer) other[i], (String) other[i + 1]);
            }
        }
        return fields;
    }

    private void useTheStanAgainAfterATimeout() {
        rig.requestOn(0, 7, "", 100, FIRST);
        rig.advance(2_010);
        assertThat(rig.lastAt("error").reason()).isEqualTo("timeout");
        rig.advance(1_200);
        rig.requestOn(0, 7, "", 100, SECOND);
        assertThat(rig.at("out_a")).hasSize(2);
    }

    @Test
    void shouldNotTellATerminalTheLateAnswerToTheRequestBefore() {
        useTheStanAgainAfterATimeout();

        rig.answer(110, answer(FIRST, "00"));
        assertThat(rig.at("out_response")).isEmpty();
        assertThat(rig.lastAt("error").reason()).isEqualTo("unmatched_reply");
        rig.answer(110, answer(SECOND, "51"));

        assertThat(rig.at("out_response"))
                .extracting(told -> told.fields().get(39))
                .containsExactly("51");
    }

    @Test
    void shouldBeSafeAgainstThatInTheShippedSwitch() throws Exception {
        Matcher shipped = Pattern.compile("(?m)^ +(confirm_fields: .*)$")
                .matcher(Files.readString(TestPlans.SCENARIOS.resolve("payment-switch.yaml")));
        assertThat(shipped.find()).isTrue();
        rig = new ConductorRig(CONFIG.formatted(shipped.group(1) + ","));

        shouldNotTellATerminalTheLateAnswerToTheRequestBefore();
    }

    @ParameterizedTest
    @CsvSource({"4, 000000001000", "37, RRN000000001", "2, 4222222222222220"})
    void shouldRefuseAnAnswerThatDiffersInOneValue(int field, String value) {
        rig.requestOn(0, 7, "", 100, SECOND);

        rig.answer(110, answer(SECOND, "00", field, value));

        assertThat(rig.at("out_response")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"10", "87"})
    void shouldTakeThePartThatAnIssuerApproves(String code) {
        rig.requestOn(0, 7, "", 100, SECOND);

        rig.answer(110, answer(SECOND, code, 4, "000000001000"));

        assertThat(rig.at("out_response")).extracting(Seen::mti).containsExactly(110);
    }

    @Test
    void shouldRefuseAPartialApprovalWithAnothersReference() {
        rig.requestOn(0, 7, "", 100, SECOND);

        rig.answer(110, answer(FIRST, "10"));

        assertThat(rig.at("out_response")).isEmpty();
    }

    @Test
    void shouldTakeAnAnswerThatLeavesValuesOut() {
        rig.requestOn(0, 7, "", 100, SECOND);

        rig.answer(110, answer(SECOND, "00", 2, null, 4, null, 37, null));

        assertThat(rig.at("out_response")).hasSize(1);
    }

    @Test
    void shouldTakeAReferenceThatTheHostGives() {
        Map<Integer, String> without = new HashMap<>(SECOND);
        without.remove(37);
        rig.requestOn(0, 7, "", 100, without);

        rig.answer(110, answer(SECOND, "00"));

        assertThat(rig.at("out_response")).hasSize(1);
    }

    @Test
    void shouldCompareNothingWhereTheConfigurationSaysSo() {
        rig = new ConductorRig(CONFIG.formatted("confirm_fields: [],"));
        rig.requestOn(0, 7, "", 100, SECOND);

        rig.answer(110, answer(FIRST, "00"));

        assertThat(rig.at("out_response")).hasSize(1);
    }
}
