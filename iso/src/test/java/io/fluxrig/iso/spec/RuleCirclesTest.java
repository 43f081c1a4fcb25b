package io.fluxrig.iso.spec;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class RuleCirclesTest {
    private static final String HEAD = """
            spec:
              id: a
              version: 1.0.0
              wire:
                source: moov:spec87ascii
                fields:
                  55:
                    type: Composite
                    length: 255
                    prefix: ASCII.LLL
                    subfields: { layout: tlv, parts: [ { tag: "9F26" }, { tag: "9F27" } ] }
              fields:
            """;

    private static List<SpecFault> faults(String... fields) {
        StringBuilder text = new StringBuilder(HEAD);
        for (String field : fields) {
            text.append("    ").append(field).append('\n');
        }
        return SpecLoaderTest.load(text.toString()).faults();
    }

    private static String usage(String field, String mti, String when) {
        return field + ": { messages: [ { " + mti + " usage: mandatory, when: \"" + when + "\" } ] }";
    }

    @Test
    void shouldRefuseTwoFieldsThatDependOnEachOther() {
        assertThat(faults(usage("35", "", "!present(2)"), usage("2", "", "!present(35)")))
                .singleElement()
                .satisfies(fault -> {
                    assertThat(fault.severity()).isEqualTo(SpecFault.Severity.ERROR);
                    assertThat(fault.file()).isEqualTo("test.yaml");
                    assertThat(fault.line()).isEqualTo(13);
                    assertThat(fault.path()).isEqualTo("spec.fields.35.messages[0].when");
                    assertThat(fault.message()).startsWith("DE 35 -> DE 2 -> DE 35: ");
                    assertThat(fault.fix()).contains("say it once as a check");
                });
    }

    @Test
    void shouldRefuseACircleOfThreeHoweverOneEntersIt() {
        assertThat(faults(
                        usage("3", "", "present(4)"),
                        usage("4", "", "present(5)"),
                        usage("5", "", "present(6)"),
                        usage("6", "", "present(4)")))
                .singleElement()
                .satisfies(fault -> assertThat(fault.message()).startsWith("DE 4 -> DE 5 -> DE 6 -> DE 4: "));
    }

    @Test
    void shouldRefuseAFieldThatDependsOnItselfOrOnItsParts() {
        assertThat(faults(usage("4", "", "field(4) > 0")))
                .singleElement()
                .satisfies(fault -> assertThat(fault.fix()).startsWith("make it depend on other fields"));
        assertThat(faults(usage("55", "", "field(55.9F27) == '80'"))).hasSize(1);
    }

    @Test
    void shouldRefuseAPartWhoseFieldDependsOnAnotherThatDependsOnThePart() {
        assertThat(faults(
                        "55: { messages: [ { usage: mandatory, when: \"present(22)\" } ], subfields: { "
                                + usage("\"9F26\"", "", "present(22)") + " } }",
                        usage("22", "", "present(55.9F26)")))
                .singleElement()
                .satisfies(fault -> assertThat(fault.message()).startsWith("DE 55 -> DE 22 -> DE 55: "));
    }

    @Test
    void shouldTakeChainsAndSharedGrounds() {
        assertThat(faults(
                        usage("4", "", "field(3) == '000000'"),
                        usage("49", "", "present(4)"),
                        usage("6", "", "present(4) && present(49)"),
                        usage("51", "", "present(6) || present(4)")))
                .isEmpty();
    }

    @Test
    void shouldTakeRulesThatNeverMeetInOneMessage() {
        assertThat(faults(usage("2", "mti: [\"0100\"],", "present(35)"), usage("35", "mti: [\"0110\"],", "present(2)")))
                .isEmpty();
        assertThat(faults(usage("2", "mti: [\"0100\"],", "present(35)"), usage("35", "", "present(2)")))
                .hasSize(1);
    }

    @Test
    void shouldFollowLongChainsWithoutMuchRoom() {
        String[] chain = new String[126];
        for (int field = 2; field < 128; field++) {
            chain[field - 2] = usage(Integer.toString(field), "", "present(" + (field + 1) + ")");
        }
        assertThat(faults(chain)).isEmpty();

        chain[125] = usage("127", "", "present(2)");
        assertThat(faults(chain)).hasSize(1);
    }
}
