package io.fluxrig.engine.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.fluxrig.engine.fault.Fault;
import io.fluxrig.engine.fault.Faults;
import io.fluxrig.engine.gears.TestPlans;
import io.fluxrig.engine.rack.plan.RackPlan;
import io.fluxrig.engine.strip.plan.StripPlan.Arriving;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Answers that wires between racks bring to a gear on several racks: a switch in front, the host's lines on a rack of their own. */
class ScatteredAnswersTest {
    private static final String SCENARIO = """
            meta: { name: far, version: 1.0.0 }
            racks:
              - { name: a, labels: { site: hall } }
              - { name: b, labels: { site: hall } }
              - { name: lines }
              - { group: hall, match: { labels: { site: hall } } }
            gears:
              - { name: terminals, type: io_iso8583, deploy: FRONT, config: { mode: server, bind: ":8583" } }
              - { name: decode, type: codec_iso8583, deploy: FRONT, config: { spec_path: ../specs/v87-ascii.yaml, direction: decode } }
              - { name: switch, type: conductor, deploy: SWITCH,
                  config: { correlation_key: [ stan ], routes: [ { destination: out_host, timeout: 5s } ] } }
              - { name: declines, type: responder, deploy: SWITCH, config: { default: { set: { 39: "$REASON" } } } }
              - { name: encode, type: codec_iso8583, deploy: SWITCH, config: { spec_path: ../specs/v87-ascii.yaml, direction: encode } }
              - { name: encode_host, type: codec_iso8583, deploy: lines, config: { spec_path: ../specs/v87-ascii.yaml, direction: encode } }
              - { name: host, type: io_iso8583, deploy: lines, config: { mode: client, connect: "127.0.0.1:9101" } }
              - { name: decode_host, type: codec_iso8583, deploy: DECODE, config: { spec_path: ../specs/v87-ascii.yaml, direction: decode } }
            wires:
              - { from: terminals.out, to: decode.in }
              - { from: decode.out, to: switch.in }
              - { from: switch.out_response, to: encode.in }
              - { from: switch.error, to: declines.in }
              - { from: declines.out, to: encode.in }
              - { from: encode.out, to: terminals.in }
              - { from: switch.out_host, to: encode_host.in }
              - { from: encode_host.out, to: host.in }
              - { from: host.out, to: decode_host.in }
              - { from: decode_host.out, to: REPLY }
            """;

    /** @param front where the terminals are */
    private static ScenarioLoad load(String front, String sw, String decode, String reply) {
        String yaml = SCENARIO.replace("FRONT", front)
                .replace("SWITCH", sw)
                .replace("DECODE", decode)
                .replace("REPLY", reply);
        return new ScenarioLoader(GearCatalog.installed(), unset -> null)
                .load(TestPlans.SCENARIOS.resolve("far.yaml"), yaml.getBytes(StandardCharsets.UTF_8));
    }

    private static List<String> errors(ScenarioLoad load) {
        return load.errors().stream()
                .map(fault -> fault.key() + ": " + fault.what())
                .toList();
    }

    @Test
    void shouldRefuseAnswersFromAfarForASwitchOnAGroup() {
        ScenarioLoad load = load("hall", "hall", "lines", "switch.in_reply");

        assertThat(errors(load))
                .containsExactly(
                        "wires[9]: decode_host.out -> switch.in_reply brings answers for 'switch', which runs on a, b:"
                                + " each goes to one of them, whichever has asked, and any other one drops it");
        assertThat(load.errors())
                .extracting(Fault::fix)
                .containsExactly(
                        "write one gear for each rack, with a wire of its own, or deploy the host's lines, or what answers, to the same racks");
    }

    @Test
    void shouldRefuseThemForASwitchOnAListOfRacks() {
        assertThat(errors(load("[ a, b ]", "[ a, b ]", "lines", "switch.in_reply")))
                .singleElement()
                .asString()
                .startsWith("wires[9]: decode_host.out -> switch.in_reply ");
    }

    @Test
    void shouldRefuseThemWhereTheirDecoderIsBesideEachSwitch() {
        assertThat(errors(load("hall", "hall", "hall", "switch.in_reply")))
                .singleElement()
                .asString()
                .startsWith("wires[8]: host.out -> decode_host.in brings answers for 'switch'");
    }

    @Test
    void shouldRefuseAnswersFromAfarForTerminalsOfAGroup() {
        assertThat(errors(load("hall", "lines", "lines", "switch.in_reply")))
                .singleElement()
                .asString()
                .startsWith("wires[5]: encode.out -> terminals.in brings answers for 'terminals', which runs on a, b:");
    }

    @Test
    void shouldNameFourRacksAtMost() {
        String racks = String.join(
                "\n",
                IntStream.range(0, 9)
                        .mapToObj(i -> "  - { name: a" + i + ", labels: { site: hall } }")
                        .toList());
        String yaml = SCENARIO.replace("  - { name: lines }", racks + "\n  - { name: lines }")
                .replaceAll("FRONT|SWITCH", "hall")
                .replace("DECODE", "lines")
                .replace("REPLY", "switch.in_reply");
        ScenarioLoad load = new ScenarioLoader(GearCatalog.installed(), unset -> null)
                .load(TestPlans.SCENARIOS.resolve("far.yaml"), yaml.getBytes(StandardCharsets.UTF_8));

        assertThat(errors(load)).singleElement().asString().contains("which runs on a, b, a0, a1 and 7 more: ");
    }

    @Test
    void shouldLetAnswersToOneRack() {
        assertThat(errors(load("a", "a", "lines", "switch.in_reply"))).isEmpty();
    }

    @Test
    void shouldLetAGroupDecodeForASwitchOnOneRack() {
        assertThat(errors(load("lines", "lines", "hall", "switch.in_reply"))).isEmpty();
    }

    @Test
    void shouldLetAWireToOneOfTheRacksByName() {
        assertThat(errors(load("hall", "hall", "lines", "a.switch.in_reply"))).isEmpty();
    }

    /** What comes is sent by any of them: a group of racks with lines to one host. */
    @Test
    void shouldLetRequestsToAGroup() {
        ScenarioLoad load = new ScenarioLoader(GearCatalog.installed(), unset -> null)
                .load(
                        TestPlans.SCENARIOS.resolve("far.yaml"),
                        SCENARIO.replaceAll("FRONT|SWITCH", "lines")
                                .replace(
                                        "deploy: lines, config: { mode: client", "deploy: hall, config: { mode: client")
                                .replace(
                                        "name: encode_host, type: codec_iso8583, deploy: lines",
                                        "name: encode_host, type: codec_iso8583, deploy: hall")
                                .replace("mode: client, connect: \"127.0.0.1:9101\"", "mode: server, bind: \":9101\"")
                                .replace("DECODE", "hall")
                                .replace("REPLY", "switch.in_reply")
                                .getBytes(StandardCharsets.UTF_8));

        assertThat(errors(load)).isEmpty();
        assertThat(shared(load, "a")).as("of a group").containsOnly(true);
    }

    private static List<Boolean> shared(ScenarioLoad load, String rack) {
        return RackPlan.of(load.scenario(), rack, new Faults()).strips().arriving().stream()
                .map(Arriving::shared)
                .toList();
    }

    @Test
    void shouldKnowOnEachOfSeveralRacksThatTheyShareAWire() {
        ScenarioLoad load = load("lines", "lines", "[ a, b ]", "switch.in_reply");

        assertThat(shared(load, "a")).as("the wire has its name").containsExactly(true);
        assertThat(shared(load, "b")).containsExactly(true);
        assertThat(shared(load, "lines")).as("what is for the switch").containsExactly(false);
    }
}
