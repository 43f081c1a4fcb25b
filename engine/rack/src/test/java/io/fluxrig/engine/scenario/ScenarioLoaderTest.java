package io.fluxrig.engine.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.fluxrig.engine.fault.Fault;
import io.fluxrig.engine.gear.GearConfig;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ScenarioLoaderTest extends ScenarioReading {
    @Test
    void shouldLoadWholeScenarioWithDefaults() {
        ScenarioLoad load = load(GOOD);
        assertThat(load.faults()).isEmpty();
        Scenario scenario = load.scenario();
        assertThat(scenario.name()).isEqualTo("good");
        assertThat(scenario.version()).isEqualTo("1.2.3");
        assertThat(scenario.hash()).hasSize(64);
        assertThat(scenario.gears()).extracting(GearDecl::name).containsExactly("door", "sw", "sink");
        assertThat(scenario.wires())
                .extracting(wire -> wire.from() + ">" + wire.to())
                .contains("sw.out_a>sink.in");
        GearConfig door = scenario.gears().get(0).config();
        assertThat(door.number("connections")).isEqualTo(1);
        assertThat(door.durationNs("idle_timeout")).isEqualTo(30_000_000_000L);
        assertThat(door.number("frame_max")).isEqualTo(8192);
        assertThat(door.flag("tls_only")).isFalse();
        assertThat(door.texts("allow")).containsExactly("10.0.0.0/8", "127.0.0.1/32");
        assertThat(door.section("tls").flag("enabled")).isFalse();
        assertThat(door.where("bind")).endsWith("s.yaml:7:7");
    }

    @Test
    void shouldKeepLeadingZerosInTrees() {
        Object rules = load(GOOD).scenario().gears().get(1).config().tree("rules");
        assertThat(rules).isEqualTo(Map.of("mti", "0100", "n", 7L, "on", true));
    }

    @Test
    void shouldReportEveryFaultAtOnceWithItsLine() {
        List<String> faults = faultsOf("""
            meta: { name: Bad Name, versoin: 1 }
            racks:
              - { name: east }
            gears:
              - name: door
                type: io_tst
              - name: sw
                type: switch
                deploy: aest
                config: { routes: [ { to: sink, weight: 200 } ], ruels: 1 }
              - name: sw
                type: pipe
                config: { spec_path: missing.yaml }
            wires:
              - { from: door.out, to: swi.in }
              - { from: sw.in, to: sw.in }
              - { from: sw.nowhere, to: sw.in_repyl }
            """);
        assertThat(faults)
                .containsExactly(
                        "s.yaml:1:9: error: meta.name: 'Bad Name' is no name; use lower-case letters, digits, '_' and"
                                + " '-'",
                        "s.yaml:1:25: error: meta.versoin: unknown key; did you mean 'version'?",
                        "s.yaml:6:5: error: gears[0].type: no gear type is called 'io_tst'; did you mean 'io_test'?",
                        "s.yaml:9:5: error: gears[1].deploy: no rack or group is called 'aest'; did you mean 'east'?",
                        "s.yaml:10:45: error: gears[1].config.routes[0].weight: 200 is out of range; write a value"
                                + " from 1 to 100",
                        "s.yaml:10:54: error: gears[1].config.ruels: unknown key; did you mean 'rules'?",
                        "s.yaml:11:5: error: gears[2].name: another gear is called 'sw', at line 7; rename one of them",
                        "s.yaml:13:15: error: gears[2].config.spec_path: no readable spec file at " + "missing.yaml"
                                + "; paths are relative to the scenario's folder",
                        "s.yaml:15:23: error: wires[0].to: no gear is called 'swi'; did you mean 'sw'?",
                        "s.yaml:16:7: error: wires[1].from: 'in' is an input port of switch; a wire runs from an"
                                + " output port to an input port",
                        "s.yaml:17:7: error: wires[2].from: gear 'sw' (switch) has no output port 'nowhere'; known:"
                                + " out_*, error",
                        "s.yaml:17:25: error: wires[2].to: gear 'sw' (switch) has no input port 'in_repyl'; did you"
                                + " mean 'in_reply'?");
    }

    @Test
    void shouldCheckAllElseOfAGearWhoseTypeNobodyKnows() {
        assertThat(faultsOf("""
                meta: { name: s }
                racks:
                  - { name: east }
                  - { name: west }
                gears:
                  - { name: Door, type: io_tst, deploy: aest, config: 7 }
                  - { name: gate, type: io_tst, deploy: west, config: { bind: "nowhere" } }
                  - { name: pipe, type: pipe, deploy: east }
                wires:
                  - { from: gate.out, to: pipe.in }
                  - { from: east.gate.out, to: pipe.inn }
                  - { from: gate.o!, to: gate.in, lane: durable }
                  - { from: gate.o!, to: gate.in }
                  - { from: pipe.out, to: gate.in }
                  - { from: pipe.out, to: Door.in }
                """))
                .extracting(fault -> fault.substring("s.yaml:".length(), fault.indexOf(';')))
                .containsExactly(
                        "6:7: error: gears[0].name: 'Door' is no name",
                        "6:19: error: gears[0].type: no gear type is called 'io_tst'",
                        "6:33: error: gears[0].deploy: no rack or group is called 'aest'",
                        "6:55: error: gears[0].config: here stands a single value, a map of keys is needed",
                        "7:19: error: gears[1].type: no gear type is called 'io_tst'",
                        "11:7: error: wires[1].from: gear 'gate' does not run on rack 'east'",
                        "11:28: error: wires[1].to: gear 'pipe' (pipe) has no input port 'inn'",
                        "12:7: error: wires[2].from: 'o!' is no port name",
                        "13:5: error: wires[3]: the same wire stands at line 12",
                        "13:7: error: wires[3].from: 'o!' is no port name");
    }

    @Test
    void shouldRefuseAScenarioWithoutGears() {
        assertThat(faultsOf("meta: { name: s }\ngears: []\nwires: []\n"))
                .containsExactly(
                        "s.yaml:2:1: error: gears: no gear is given; add one; 'fluxrig new scenario' writes some to start"
                                + " from");
    }

    @Test
    void shouldWarnOnceOfAScenarioWithoutWires() {
        String gears = "meta: { name: s }\ngears:\n  - { name: a, type: pipe }\n  - { name: b, type: pipe }\n";
        String warning = "warning: wires: no wire is given: no message passes from gear to gear;"
                + " add wires such as { from: gear.out, to: other.in }";

        assertThat(faultsOf(gears)).containsExactly("s.yaml:1:1: " + warning);
        assertThat(faultsOf(gears + "wires: []\n")).containsExactly("s.yaml:5:1: " + warning);
    }

    @Test
    void shouldReportWrongTypesAndMissingKeys() {
        List<String> faults = faultsOf("""
            meta: { name: m }
            gears:
              - name: door
                type: io_test
                config:
                  bind: somewhere
                  connections: "4"
                  idle_timeout: 30
                  frame_max: 1KiB2
                  tls_only: yes
                  allow: { a: 1 }
                  tls: [1]
            wires: {}
            """);
        assertThat(faults)
                .anySatisfy(fault -> assertThat(fault).contains("config.mode: is missing"))
                .anySatisfy(fault -> assertThat(fault).contains("6:13", "'somewhere' is no address"))
                .anySatisfy(fault -> assertThat(fault).contains("7:20", "is text, a number is needed"))
                .anySatisfy(fault -> assertThat(fault).contains("8:21", "'30' is no duration"))
                .anySatisfy(fault -> assertThat(fault).contains("9:18", "'1KiB2' is no size"))
                .anySatisfy(fault -> assertThat(fault).contains("10:17", "neither true nor false"))
                .anySatisfy(fault -> assertThat(fault).contains("11:14", "here stands a map, a list of texts"))
                .anySatisfy(fault -> assertThat(fault).contains("12:12", "here stands a list, a map of keys"))
                .anySatisfy(fault -> assertThat(fault).contains("13:8", "a list of maps is needed"))
                .hasSize(9);
    }

    @Test
    void shouldReplaceEnvironmentAlsoInNumbersAndAddresses() {
        ScenarioLoad load = load("""
            meta: { name: env }
            gears:
              - name: door
                type: io_test
                config: { mode: "${MODE:server}", bind: "127.0.0.1:${PORT}", connections: "${COUNT}", allow: [ "$${X}" ] }
            """);
        assertThat(load.errors()).isEmpty();
        GearConfig door = load.scenario().gears().get(0).config();
        assertThat(door.text("mode")).isEqualTo("server");
        assertThat(door.text("bind")).isEqualTo("127.0.0.1:8583");
        assertThat(door.number("connections")).isEqualTo(7);
        assertThat(door.texts("allow")).containsExactly("${X}");
    }

    @Test
    void shouldRefuseUnsetVariableAndNeverShowWhatAVariableHolds() {
        List<String> faults = faultsOf("""
            meta: { name: env }
            gears:
              - { name: door, type: io_test, config: { mode: "${SECRET}", bind: "${NO_SUCH}", connections: "${oops" } }
            """);
        assertThat(faults)
                .anySatisfy(fault ->
                        assertThat(fault).contains("environment variable NO_SUCH is not set", "${NO_SUCH:default}"));
        assertThat(faults).anySatisfy(fault -> assertThat(fault).contains("'${' begins no reference"));
        assertThat(faults).anySatisfy(fault -> assertThat(fault).contains("'${SECRET}' is none of server, client"));
        assertThat(faults).noneSatisfy(fault -> assertThat(fault).contains("hunter2"));
    }

    @Test
    void shouldNameTheVariableAndNotWhatItHoldsWhereAnAddressIsNone() {
        assertThat(faultsOf("""
                meta: { name: env }
                gears:
                  - { name: door, type: io_test, config: { mode: server, bind: "${BIND:127.0.0.1:8583}" } }
                  - { name: gate, type: io_test, config: { mode: server, bind: "nowhere" } }
                wires:
                  - { from: door.out, to: gate.in }
                """))
                .contains(
                        "s.yaml:3:64: error: gears[0].config.bind: '${BIND:127.0.0.1:8583}', as the environment has"
                                + " it, is no address; write host:port or :port, a port up to 65535, such as 127.0.0.1:8583 or [::1]:8583",
                        "s.yaml:4:64: error: gears[1].config.bind: 'nowhere' is no address; write host:port or :port, a"
                                + " port up to 65535, such as 127.0.0.1:8583 or [::1]:8583");
    }

    @Test
    void shouldPlaceFaultsThatTheGearFinds() {
        assertThat(faultsOf("""
            meta: { name: own }
            gears:
              - name: sw
                type: switch
                config:
                  routes:
                    - { to: out_a }
                    - { to: a }
            """))
                .contains("s.yaml:8:13: error: gears[0].config.routes[1].to: is no destination; begin with out_");
    }

    @Test
    void shouldWarnOfWiringHardlyMeant() {
        ScenarioLoad load = load("""
            meta: { name: warn }
            gears:
              - { name: door, type: io_test, config: { mode: client } }
              - { name: sw, type: switch, config: { routes: [ { to: out_a } ] } }
              - { name: p, type: pipe }
              - { name: lonely, type: pipe }
            wires:
              - { from: door.out, to: sw.in }
              - { from: sw.out_a, to: p.in }
              - { from: sw.out_c, to: p.in }
              - { from: p.out, to: sw.in }
              - { from: p.error, to: door.in }
            """);
        assertThat(load.ok()).isTrue();
        assertThat(load.warnings())
                .extracting(Fault::what)
                .containsExactlyInAnyOrder(
                        "its port 'error' leads nowhere: what failed",
                        "no message takes this wire: the configuration of 'sw' never sends to 'out_c'",
                        "its port 'out' leads nowhere: gives",
                        "its port 'error' leads nowhere: what failed",
                        "nothing is wired to it",
                        "wires run in a circle with no I/O gear in it: sw -> p -> sw");
    }

    @Test
    void shouldRefuseADestinationThatNoWireLeavesFromAndNameTheNearOne() {
        assertThat(faultsOf(GOOD.replace("routes: [ { to: out_a } ]", "routes: [ { to: out_aa }, { to: out_zebra } ]")))
                .containsExactly(
                        "s.yaml:9:57: error: gears[1].config.routes[0].to: no wire leads away from 'sw.out_aa'; did you mean"
                                + " 'out_a'? If not, add a wire { from: sw.out_aa, to: ... }",
                        "s.yaml:9:73: error: gears[1].config.routes[1].to: no wire leads away from 'sw.out_zebra'; add a"
                                + " wire { from: sw.out_zebra, to: ... }");
    }

    @Test
    void shouldNotBlameADestinationForAFaultOfItsWire() {
        assertThat(faultsOf(GOOD.replace("from: sw.out_a, to: sink.in", "from: sw.out_a, to: sing.in")))
                .singleElement()
                .asString()
                .contains("no gear is called 'sing'");
        assertThat(faultsOf(GOOD.replace("from: sw.out_a, to: sink.in", "from: ws.out_a, to: sink.in")))
                .singleElement()
                .asString()
                .contains("no gear is called 'ws'");
    }

    @Test
    void shouldShowFaultsOfShapeValuesAndWiringTogether() {
        ScenarioLoad load = load(GOOD.replace("mode: server", "modee: x\n      mode: server")
                .replace("routes: [ { to: out_a } ]", "ruotes: 1, routes: [ { to: somewhere }, { to: out_x } ]")
                .replace("to: door.in }", "to: dor.in }"));

        assertThat(load.errors())
                .extracting(Fault::what)
                .contains("unknown key", "is no destination", "no gear is called 'dor'");
        assertThat(load.notCheckedLine())
                .isEqualTo(
                        "not checked until the errors are mended: the config of 'sw' against the wires; whether wires"
                                + " lead nowhere or run in circles, and answers come back");
    }

    @Test
    void shouldSayWhatItCouldNotLookAt() {
        assertThat(load(GOOD).notCheckedLine()).isEmpty();
        assertThat(load("gears: [").notCheckedLine())
                .contains("gears, wires and specs, since the file does not read as YAML");
        assertThat(load(GOOD.replace("type: switch", "type: swich")).notCheckedLine())
                .contains("the config of 'sw', whose type is not known");
        assertThat(load(GOOD.replace("{ to: out_a }", "{ to: out_a, weight: heavy }"))
                        .notCheckedLine())
                .contains("what else is in the config of 'sw'", "the config of 'sw' against the wires");
    }

    @Test
    void shouldNotTakeAnAnswerForACircle() {
        assertThat(load(GOOD.replace("sink.out, to: door.in", "sink.out, to: sw.in_reply"))
                        .warnings())
                .isEmpty();
    }
}
