package io.fluxrig.engine.gears.conductor;

import static org.assertj.core.api.Assertions.assertThat;

import io.fluxrig.transport.msg.MetaKey;
import java.lang.management.ManagementFactory;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A host that answers with a value of its own where the spec says {@code echo}. */
final class AnswerValidationTest {
    private static final String CONFIG =
            "{ correlation_key: [stan], confirm_fields: [], validation: %s, park_fields: [%s],"
                    + " valet: { default_ttl: 2s, retain_after_close: 0s }, routes: [ { name: all, destination: out_a } ] }";

    private static final Map<Integer, String> REQUEST = Map.of(
            2, "4761739001010119", 3, "000000", 4, "000000001000", 7, "1126101500", 11, "000042", 41, "TERM0001");

    private ConductorRig rig(String validation, String parked) {
        return new ConductorRig(CONFIG.formatted(validation, parked));
    }

    private static Map<Integer, String> answer(Object... other) {
        Map<Integer, String> fields = new HashMap<>(REQUEST);
        fields.put(39, "00");
        for (int i = 0; i < other.length; i += 2) {
            fields.put((Integer) other[i], (String) other[i + 1]);
        }
        return fields;
    }

    @Test
    void shouldTellWhatAnAnswerDoesNotRepeatAndPassItOn() {
        ConductorRig rig = rig("warn", "");
        rig.request(7, "", REQUEST);

        rig.answer(110, answer(41, "TERM0009"));

        assertThat(rig.at("out_response")).hasSize(1);
        assertThat(rig.message().meta().text(MetaKey.CODEC_VIOLATIONS)).isEqualTo("41 echo reject");
    }

    @Test
    void shouldAddToWhatWasToldOfTheAnswerBefore() {
        ConductorRig rig = rig("warn", "");
        rig.request(7, "", REQUEST);

        rig.answerWith(meta -> meta.set(MetaKey.CODEC_VIOLATIONS, "4 format reject"), 110, answer(41, "TERM0009"));

        assertThat(rig.message().meta().text(MetaKey.CODEC_VIOLATIONS)).isEqualTo("4 format reject; 41 echo reject");
    }

    @Test
    void shouldTakeNoAnswerThatDoesNotRepeatWhereItEnforces() {
        ConductorRig rig = rig("enforce", "");
        rig.request(7, "", REQUEST);

        rig.answer(110, answer(41, "TERM0009"));
        assertThat(rig.at("out_response")).isEmpty();
        assertThat(rig.lastAt("error").reason()).isEqualTo("unmatched_reply");
        rig.answer(110, answer());

        assertThat(rig.at("out_response")).hasSize(1);
    }

    @Test
    void shouldNotLookWhereItIsOff() {
        ConductorRig rig = rig("off", "");
        rig.request(7, "", REQUEST);

        rig.answer(110, answer(41, "TERM0009"));

        assertThat(rig.at("out_response")).hasSize(1);
        assertThat(rig.message().meta().text(MetaKey.CODEC_VIOLATIONS)).isNull();
    }

    @Test
    void shouldKnowWhatWasParkedOfTheRequest() {
        ConductorRig rig = rig("enforce", "41");
        rig.request(7, "", REQUEST);
        assertThat(rig.lastAt("out_a").fields()).doesNotContainKey(41);

        rig.answer(110, answer());

        assertThat(rig.at("out_response")).hasSize(1);
        assertThat(rig.lastAt("out_response").fields()).containsEntry(41, "TERM0001");
    }

    @Test
    void shouldCountBySeverityKindAndMessageType() {
        ConductorRig rig = rig("warn", "");
        rig.request(7, "", REQUEST);

        rig.answer(110, answer(41, "TERM0009", 2, "4761739001010127"));

        assertThat(rig.strips()
                        .metrics()
                        .gear("switch", 0)
                        .counter("codec_violations_total", "", "severity", "reject", "kind", "echo", "mti", "0110")
                        .get())
                .isEqualTo(2);
    }

    @Test
    void shouldAllocateNothingForAnAnswerThatRepeats() {
        ConductorRig off = rig("off", "");
        ConductorRig on = rig("enforce", "");

        long without = bytesEach(off);
        long with = bytesEach(on);

        assertThat(with - without).isLessThan(64);
    }

    private static long bytesEach(ConductorRig rig) {
        com.sun.management.ThreadMXBean threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        Map<Integer, String> answer = answer();
        walk(rig, answer, 3_000);
        long before = threads.getCurrentThreadAllocatedBytes();
        walk(rig, answer, 1_000);
        return (threads.getCurrentThreadAllocatedBytes() - before) / 1_000;
    }

    private static void walk(ConductorRig rig, Map<Integer, String> answer, int times) {
        for (int i = 0; i < times; i++) {
            rig.request(7, "", REQUEST);
            rig.answer(110, answer);
        }
    }
}
