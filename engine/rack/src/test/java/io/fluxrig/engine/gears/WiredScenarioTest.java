package io.fluxrig.engine.gears;

import static org.assertj.core.api.Assertions.assertThat;

import io.fluxrig.engine.fault.Fault;
import io.fluxrig.engine.scenario.GearCatalog;
import io.fluxrig.engine.scenario.ScenarioLoad;
import io.fluxrig.engine.scenario.ScenarioLoader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What only the wires can tell: which dialects reach a gear, and whether bytes or fields do. */
final class WiredScenarioTest {
    private static final String SWITCH = """
            meta: { name: wired, version: 1.0.0 }
            gears:
              - { name: door, type: io_iso8583, config: { mode: server, bind: ":8583" } }
              - { name: decode, type: codec_iso8583, config: { spec_path: ../specs/v87-ascii.yaml, direction: decode, on_error: drop } }
              - { name: encode, type: codec_iso8583, config: { spec_path: ../specs/v87-ascii.yaml, direction: encode, on_error: drop } }
              - { name: network, type: responder, config: { rules: [ { name: n, when: "mti == '0800'", set: { 39: "00" } } ] } }
              - name: switch
                type: conductor
                config:
                  correlation_key: [ iso8583.mti_class, stan, terminal.id ]
                  confirm_fields: [ rrn ]
                  park_fields: [ iso8583.field.62 ]
                  routes: [ { name: all, match: { field: card.pan, prefix: "4" }, destination: out_host } ]
              - { name: declines, type: responder, config: { default: { set: { 39: "$REASON" } } } }
              - { name: host_encode, type: codec_iso8583, config: { spec_path: ../specs/scheme-b-bcd.yaml, direction: encode, on_error: drop } }
              - { name: host, type: io_iso8583, config: { mode: client, connect: "127.0.0.1:9101" } }
              - { name: host_decode, type: codec_iso8583, config: { spec_path: ../specs/scheme-b-bcd.yaml, direction: decode, on_error: drop } }
            wires:
              - { from: door.out, to: decode.in }
              - { from: decode.out, to: network.in }
              - { from: network.out, to: encode.in }
              - { from: network.pass, to: switch.in }
              - { from: switch.out_host, to: host_encode.in }
              - { from: host_encode.out, to: host.in }
              - { from: host.out, to: host_decode.in }
              - { from: host_decode.out, to: switch.in_reply }
              - { from: switch.out_response, to: encode.in }
              - { from: switch.error, to: declines.in }
              - { from: declines.out, to: encode.in }
              - { from: encode.out, to: door.in }
            """;

    private static List<Fault> faults(String... replaced) {
        return load(replaced).faults();
    }

    private static ScenarioLoad load(String... replaced) {
        String scenario = SWITCH;
        for (int i = 0; i < replaced.length; i += 2) {
            assertThat(scenario).contains(replaced[i]);
            scenario = scenario.replace(replaced[i], replaced[i + 1]);
        }
        return new ScenarioLoader(GearCatalog.installed(), unset -> null)
                .load(TestPlans.SCENARIOS.resolve("wired.yaml"), scenario.getBytes(StandardCharsets.UTF_8));
    }

    private static Stream<String> told(List<Fault> faults) {
        return faults.stream().map(Fault::toString);
    }

    @Test
    void shouldFindNothingWrongWithASwitchOfTwoDialects() {
        assertThat(faults()).isEmpty();
    }

    @Test
    void shouldTellEveryNameThatNoDialectKnowsAtOnce() {
        List<Fault> faults = faults(
                "stan, terminal.id ]", "stann, terminal.id ]",
                "[ rrn ]", "[ rrnn ]",
                "field.62 ]", "field.190 ]",
                "field: card.pan,", "field: [ card.pann, iso8583.field.180 ],");

        assertThat(faults).allMatch(Fault::isError);
        assertThat(told(faults))
                .satisfiesExactly(
                        stan -> assertThat(stan)
                                .contains(
                                        "wired.yaml:10:",
                                        "correlation_key[1]: 'stann' is neither",
                                        "did you mean 'stan'?"),
                        rrn -> assertThat(rrn).contains("wired.yaml:11:", "'rrnn'", "did you mean 'rrn'?"),
                        park -> assertThat(park).contains("wired.yaml:12:", "'iso8583.field.190'", "v87-ascii"),
                        pan -> assertThat(pan).contains("wired.yaml:13:", "'card.pann'", "did you mean 'card.pan'?"),
                        path -> assertThat(path).contains("wired.yaml:13:", "'iso8583.field.180'"));
    }

    @Test
    void shouldWarnOfANameThatOneOfTheDialectsLacks() {
        List<Fault> faults = faults("[ rrn ]", "[ forwarder.id, card.sequence ]");

        assertThat(faults).hasSize(2).noneMatch(Fault::isError);
        assertThat(told(faults)).allMatch(told -> told.contains("scheme-b-bcd") && !told.contains("v87-ascii or"));
    }

    @Test
    void shouldRefuseAKeyThatOneOfTheDialectsLacks() {
        assertThat(faults("stan, terminal.id ]", "stan, forwarder.id ]"))
                .singleElement()
                .satisfies(fault -> {
                    assertThat(fault.isError()).isTrue();
                    assertThat(fault.toString())
                            .contains(
                                    "correlation_key[2]: 'forwarder.id' is neither an alias nor a field of scheme-b-bcd:"
                                            + " its messages have no key and match nothing");
                });
    }

    @Test
    void shouldRefuseASwitchWhoseAnswersLeaveNowhere() {
        List<Fault> faults = faults("  - { from: switch.out_response, to: encode.in }\n", "");

        assertThat(told(faults))
                .singleElement()
                .asString()
                .contains(
                        "error: gears.switch: its answers leave on out_response or out_response_*, where no wire is: door would"
                                + " never get one",
                        "add a wire { from: switch.out_response, to: ... }");
    }

    @Test
    void shouldRefuseAnswersThatGoToTheHostInsteadOfTheTerminals() {
        List<Fault> faults = faults("{ from: encode.out, to: door.in }", "{ from: encode.out, to: host.in }");

        assertThat(faults).allMatch(Fault::isError);
        assertThat(told(faults))
                .hasSize(3)
                .anyMatch(told -> told.contains("gears.switch: its answers go to host, and its requests come from door")
                        && told.contains("wire the encoder behind switch.out_response to door.in"))
                .anyMatch(told -> told.contains("gears.network: its answers go to host"))
                .anyMatch(told -> told.contains("gears.declines: its answers go to host"));
    }

    @Test
    void shouldWarnOfTerminalsThatAreLeftOutOfAnswers() {
        List<Fault> faults = faults(
                "- { name: decode,",
                "- { name: second, type: io_iso8583, config: { mode: server, bind: \":8584\" } }\n  - { name: decode,",
                "- { from: door.out, to: decode.in }",
                "- { from: door.out, to: decode.in }\n  - { from: second.out, to: decode.in }");

        assertThat(faults).noneMatch(Fault::isError);
        assertThat(told(faults))
                .anyMatch(
                        told -> told.contains("gears.switch: requests come from second too, and no answer gets there"));
    }

    @Test
    void shouldRefuseAHostWhoseAnswersComeInAsRequests() {
        List<Fault> faults =
                faults("{ from: host_decode.out, to: switch.in_reply }", "{ from: host_decode.out, to: switch.in }");

        assertThat(told(faults.stream().filter(Fault::isError).toList()))
                .singleElement()
                .asString()
                .contains(
                        "gears.switch: no answer of host comes back to switch.in_reply: they arrive at switch.in",
                        "wire the decoder behind host.out to switch.in_reply");
    }

    @Test
    void shouldRefuseTwoListenersOnOnePort() {
        String twice =
                "- { name: second, type: io_iso8583, config: { mode: server, bind: \"127.0.0.1:8583\" } }\n  - { name: decode,";

        assertThat(told(faults("- { name: decode,", twice)))
                .anyMatch(told ->
                        told.contains("error: gears.second.config.bind: 'door' listens on '127.0.0.1:8583' too"));
        assertThat(told(faults("- { name: decode,", twice.replace("8583\"", "8584\""))))
                .noneMatch(told -> told.contains("listens on"));
    }

    @Test
    void shouldWarnOfADurableWireThatDeliversRequestsAfterTheyWereAnswered() {
        String wire = "{ from: switch.out_host, to: host_encode.in }";
        String durable = "{ from: switch.out_host, to: host_encode.in, lane: durable%s }";

        assertThat(told(faults(wire, durable.formatted(""))))
                .singleElement()
                .asString()
                .contains(
                        "warning: wires: this durable wire hands a request over however old it is, and for switch.out_host it is"
                                + " worth 30s: its terminal has been told 91 by then",
                        "add expire_after: 30s or less");
        assertThat(told(faults(wire, durable.formatted(", expire_after: 31s"))))
                .singleElement()
                .asString()
                .contains("until it is 31s old");
        assertThat(faults(wire, durable.formatted(", expire_after: 30s"))).isEmpty();
    }

    @Test
    void shouldWarnOfDurableWiresAheadOfASwitchAndBehindItsEncoderToo() {
        assertThat(told(faults(
                        "{ from: door.out, to: decode.in }",
                        "{ from: door.out, to: decode.in, lane: durable }",
                        "{ from: host_encode.out, to: host.in }",
                        "{ from: host_encode.out, to: host.in, lane: durable }")))
                .hasSize(2)
                .anyMatch(told -> told.contains("wired.yaml:19:") && told.contains("for switch.in it is worth 30s"))
                .anyMatch(told ->
                        told.contains("wired.yaml:24:") && told.contains("for switch.out_host it is worth 30s"));
    }

    @Test
    void shouldTellOneMissingFileAndOneUnsetVariableOnce() {
        String tls = "config: { mode: server, bind: \":8583\", tls: { enabled: true, cert_file: %s, key_file: %s } }";
        String door = "config: { mode: server, bind: \":8583\" }";

        assertThat(told(faults(door, tls.formatted("/no/such.crt", "/no/such.key"))))
                .hasSize(2)
                .allMatch(told -> told.contains("no readable file at /no/such."));
        assertThat(told(faults(door, tls.formatted("\"${TLS_CERT_FILE}\"", "\"${TLS_KEY_FILE}\""))))
                .hasSize(2)
                .allMatch(told -> told.contains("_FILE is not set"));
    }

    @Test
    void shouldNameTheBuiltInDialectThatIsMeant() {
        assertThat(told(faults(
                        "spec_path: ../specs/scheme-b-bcd.yaml, direction: encode",
                        "spec_path: moov:spec87asci, direction: encode")))
                .anyMatch(told -> told.contains("did you mean 'moov:spec87ascii'?")
                        && told.contains("the built-in ones are fluxrig:v87-ascii"));
    }

    @Test
    void shouldTellACodecThatIsTheWrongWayRoundOnce() {
        List<Fault> faults = faults(
                "- { name: host_encode, type: codec_iso8583, config: { spec_path: ../specs/scheme-b-bcd.yaml, direction: encode",
                "- { name: host_encode, type: codec_iso8583, config: { spec_path: ../specs/scheme-b-bcd.yaml, direction: decode");

        assertThat(told(faults))
                .singleElement()
                .asString()
                .contains(
                        "wired.yaml:23:",
                        "'host_encode.in' (codec_iso8583) takes bytes, and switch.out_host brings decoded messages",
                        "direction: encode");
    }

    @Test
    void shouldTellADecoderThatIsMissing() {
        assertThat(told(faults("{ from: host.out, to: host_decode.in }", "{ from: host.out, to: switch.in_reply }")))
                .anyMatch(told -> told.contains(
                        "'switch.in_reply' (conductor) takes decoded messages, and host.out brings bytes"));
    }

    @Test
    void shouldTellFieldsAndValuesThatTheDialectCannotWrite() {
        List<Fault> faults = faults(
                "default: { set: { 39: \"$REASON\" } }",
                "default: { set: { 139: \"00\", 39: \"0\", 4: \"12345678901234567890\", 49: \"$ECHO(49)\" } }");

        assertThat(told(faults))
                .hasSize(3)
                .anyMatch(told -> told.contains("default.set.139: is no field of"))
                .anyMatch(told ->
                        told.contains("default.set.39: does not fit the field in v87-ascii, which fills it up to"))
                .anyMatch(told -> told.contains("default.set.4: does not fit the field in"))
                .allMatch(told -> told.contains("wired.yaml:14:"));
    }

    @Test
    void shouldTellWhatTheWiresShowBesideOtherFaults() {
        assertThat(told(faults(
                        "stan, terminal.id ]",
                        "stann, terminal.id ]",
                        "type: io_iso8583, config: { mode: client",
                        "type: io_iso8583, config: { mod: client")))
                .anyMatch(told -> told.contains("'stann'"))
                .anyMatch(told -> told.contains("mod"));
    }

    @Test
    void shouldTakeHowTheMessageTypeIsWrittenFromTheCodecBehind() {
        ScenarioLoad load = load();

        assertThat(encoding(load, "door")).isEqualTo("ascii");
        assertThat(encoding(load, "host")).isEqualTo("bcd");
    }

    @Test
    void shouldTellAnEncodingThatTheCodecBehindDoesNotHave() {
        String connect = "connect: \"127.0.0.1:9101\"";

        assertThat(told(faults(connect, connect + ", encoding: ascii")))
                .singleElement()
                .asString()
                .contains(
                        "wired.yaml:16:",
                        "encoding: is ascii, and scheme-b-bcd, in which its messages are decoded, writes the message type as bcd",
                        "write encoding: bcd, or leave it out");
        assertThat(faults(connect, connect + ", encoding: bcd")).isEmpty();
        assertThat(faults(connect, connect + ", encoding: ascii, heuristic_validation: false"))
                .isEmpty();
    }

    @Test
    void shouldTellDialectsBehindOneGearThatWriteTheMessageTypeInDifferentWays() {
        String second = "{ from: host.out, to: host_decode.in }";

        assertThat(told(faults(second, second + "\n  - { from: host.out, to: decode.in }")))
                .anyMatch(told -> told.contains("decoded in dialects that write the message type as bcd and as ascii")
                        && told.contains("heuristic_validation: false"));
    }

    private static String encoding(ScenarioLoad load, String gear) {
        return load.scenario().gears().stream()
                .filter(decl -> decl.name().equals(gear))
                .findFirst()
                .orElseThrow()
                .config()
                .text("encoding");
    }
}
