package io.fluxrig.engine.rack.trial;

import static org.assertj.core.api.Assertions.assertThat;

import io.fluxrig.engine.fault.Faults;
import io.fluxrig.engine.gears.TestPlans;
import io.fluxrig.engine.rack.plan.RackPlan;
import io.fluxrig.engine.rack.trial.ChangedPaths.Destination;
import io.fluxrig.engine.strip.plan.PlanChange;
import io.fluxrig.engine.strip.plan.StripPlan;
import org.junit.jupiter.api.Test;

class ChangedPathsTest {
    private static final String SWITCH = """
            gears:
              - { name: door, type: io_iso8583, config: { mode: server, bind: "127.0.0.1:8583" } }
              - { name: decode, type: codec_iso8583, config: { spec_path: ../specs/v87-ascii.yaml, direction: decode } }
              - { name: encode, type: codec_iso8583, config: { spec_path: ../specs/v87-ascii.yaml, direction: encode } }
              - name: switch
                type: conductor
                config:
                  correlation_key: [ stan ]
                  routes:
                    - { name: a, match: { field: card.pan, prefix: [ "4" ] }, destination: { failover: [ out_a1, out_a2 ] } }
                    - { name: b, destination: out_b }
              - { name: encode_a1, type: codec_iso8583, config: { spec_path: ../specs/v87-ascii.yaml, direction: encode } }
              - { name: host_a1, type: io_iso8583, config: { mode: client, connect: "127.0.0.1:1" } }
              - { name: encode_a2, type: codec_iso8583, config: { spec_path: ../specs/v87-ascii.yaml, direction: encode } }
              - { name: host_a2, type: io_iso8583, config: { mode: client, connect: "127.0.0.1:2" } }
              - { name: decode_a, type: codec_iso8583, config: { spec_path: ../specs/v87-ascii.yaml, direction: decode } }
              - name: netmgmt_a
                type: responder
                config:
                  spec_path: ../specs/v87-ascii.yaml
                  rules: [ { name: network, when: "mti == '0800'", set: { 39: "00" } } ]
              - { name: encode_b, type: codec_iso8583, config: { spec_path: ../specs/v87-ascii.yaml, direction: encode } }
              - { name: host_b, type: io_iso8583, config: { mode: client, connect: "127.0.0.1:3" } }
              - { name: decode_b, type: codec_iso8583, config: { spec_path: ../specs/v87-ascii.yaml, direction: decode } }
            wires:
              - { from: door.out, to: decode.in }
              - { from: decode.out, to: switch.in }
              - { from: switch.out_response, to: encode.in }
              - { from: encode.out, to: door.in }
              - { from: switch.out_a1, to: encode_a1.in }
              - { from: encode_a1.out, to: host_a1.in }
              - { from: host_a1.out, to: decode_a.in }
              - { from: switch.out_a2, to: encode_a2.in }
              - { from: encode_a2.out, to: host_a2.in }
              - { from: host_a2.out, to: decode_a.in }
              - { from: decode_a.out, to: netmgmt_a.in }
              - { from: netmgmt_a.pass, to: switch.in_reply }
              - { from: netmgmt_a.out, to: encode_a1.in }
              - { from: netmgmt_a.out, to: encode_a2.in }
              - { from: switch.out_b, to: encode_b.in }
              - { from: encode_b.out, to: host_b.in }
              - { from: host_b.out, to: decode_b.in }
              - { from: decode_b.out, to: switch.in_reply }
            """;

    private static StripPlan plan(String yaml) {
        return RackPlan.of(TestPlans.scenario(yaml), "", new Faults()).strips();
    }

    private static ChangedPaths change(String from, String to) {
        String after = SWITCH.replace(from, to);
        assertThat(after).isNotEqualTo(SWITCH);
        return ChangedPaths.of(PlanChange.between(plan(SWITCH), plan(after)));
    }

    /** With another configuration of a codec. */
    private static ChangedPaths changeOf(String codec) {
        return change(
                "{ name: " + codec + ", type: codec_iso8583, config: {",
                "{ name: " + codec + ", type: codec_iso8583, config: { on_error: drop,");
    }

    private static Destination destination(String name) {
        return new Destination(name, false);
    }

    @Test
    void shouldFindTheDestinationBehindWhichAnEncoderChanged() {
        ChangedPaths paths = changeOf("encode_a1");

        assertThat(paths.destinations()).containsExactly(destination("switch.out_a1"));
        assertThat(paths.replacing()).containsExactly("encode_a1");
        assertThat(paths.clients()).containsExactly("host_a1");
    }

    @Test
    void shouldFindTheDestinationWhoseClientDialsAnother() {
        ChangedPaths paths = change("127.0.0.1:3", "127.0.0.1:4");

        assertThat(paths.destinations()).containsExactly(destination("switch.out_b"));
        assertThat(paths.clients()).containsExactly("host_b");
    }

    @Test
    void shouldFindEveryDestinationThatIsAnsweredOverWhatChanged() {
        assertThat(changeOf("decode_a").destinations())
                .containsExactlyInAnyOrder(destination("switch.out_a1"), destination("switch.out_a2"));
        assertThat(changeOf("decode_b").destinations()).containsExactly(destination("switch.out_b"));
    }

    @Test
    void shouldFindNoneWhereTheTerminalsSideChanged() {
        for (String codec : new String[] {"decode", "encode"}) {
            ChangedPaths paths = changeOf(codec);
            assertThat(paths.destinations()).as(codec).isEmpty();
            assertThat(paths.clients()).as(codec).isEmpty();
            assertThat(paths.replacing()).containsExactly(codec);
        }
    }

    @Test
    void shouldTellWhereTheConductorIsAllThatChanged() {
        ChangedPaths paths = change("prefix: [ \"4\" ]", "prefix: [ \"5\" ]");

        assertThat(paths.destinations())
                .extracting(Destination::name)
                .containsExactlyInAnyOrder("switch.out_a1", "switch.out_a2", "switch.out_b");
        assertThat(paths.destinations()).allMatch(Destination::throughConductorOnly);
        assertThat(paths.clients()).isEmpty();
    }

    @Test
    void shouldFindTheDestinationThatIsWiredAnew() {
        ChangedPaths paths =
                change("{ from: switch.out_b, to: encode_b.in }", "{ from: switch.out_b, to: encode_a2.in }");

        assertThat(paths.destinations()).containsExactly(destination("switch.out_b"));
        assertThat(paths.replacing()).isEmpty();
        assertThat(paths.clients()).containsExactly("host_a2");
    }

    @Test
    void shouldTellADestinationThatIsNewFromThoseOfTheConductorThatGotIt() {
        String after = SWITCH.replace("destination: out_b", "destination: { failover: [ out_b, out_c ] }")
                .replace(
                        "  - { from: encode_b.out",
                        "  - { from: switch.out_c, to: encode_b.in }\n  - { from: encode_b.out");

        assertThat(ChangedPaths.of(PlanChange.between(plan(SWITCH), plan(after)))
                        .destinations())
                .contains(destination("switch.out_c"), new Destination("switch.out_b", true));
    }

    @Test
    void shouldFindNothingWhereAnswersLeadBackOnlyToOthers() {
        ChangedPaths paths = change("wires:\n", """
                  - { name: tap, type: codec_iso8583, config: { spec_path: ../specs/v87-ascii.yaml, direction: encode } }
                wires:
                  - { from: switch.out_b, to: tap.in }
                """);

        assertThat(paths.destinations())
                .as("a tap beside the way, which leads nowhere")
                .isEmpty();
    }
}
