package io.fluxrig.engine.scenario;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.fluxrig.engine.artefact.ArtefactStore;
import io.fluxrig.engine.fault.Fault;
import io.fluxrig.engine.gear.GearConfig;
import io.fluxrig.transport.journal.store.SyncMode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScenarioLoaderTest {

    private static final String GOOD = """
        meta: { name: good, version: 1.2.3 }
        gears:
          - name: door
            type: io_test
            config:
              mode: server
              bind: "127.0.0.1:0"
              allow: [10.0.0.0/8, 127.0.0.1/32]
          - { name: sw, type: switch, config: { routes: [ { to: out_a } ], rules: { mti: 0100, n: 7, on: true } } }
          - { name: sink, type: pipe }
        wires:
          - { from: door.out, to: sw.in }
          - { from: sw.out_a, to: sink.in }
          - { from: sw.error, to: sink.in }
          - { from: sink.out, to: door.in }
          - { from: sink.error, to: door.in }
        """;

    private final Map<String, String> environment =
            Map.of("PORT", "8583", "COUNT", "7", "SECRET", "hunter2", "BIND", "eth0");

    @TempDir
    private Path folder;

    private ScenarioLoad load(String yaml) {
        return new ScenarioLoader(TestGears.catalog(), environment::get)
                .load(folder.resolve("s.yaml"), yaml.getBytes(StandardCharsets.UTF_8));
    }

    private List<String> faultsOf(String yaml) {
        return load(yaml).faults().stream()
                .map(fault -> fault.toString().replace(folder + "/", ""))
                .toList();
    }

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
    void shouldNameTheVariableAndWhatItHoldsWhereAnAddressIsWrong() {
        assertThat(faultsOf("""
                meta: { name: env }
                gears:
                  - { name: door, type: io_test, config: { mode: server, bind: "${BIND:127.0.0.1:8583}" } }
                  - { name: gate, type: io_test, config: { mode: server, bind: "nowhere" } }
                wires:
                  - { from: door.out, to: gate.in }
                """))
                .contains(
                        "s.yaml:3:64: error: gears[0].config.bind: '${BIND:127.0.0.1:8583}', which is 'eth0', is no"
                                + " address; write host:port or :port, a port up to 65535, such as 127.0.0.1:8583 or [::1]:8583",
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
    void shouldRefuseLanesThatCannotRunThere() {
        String base = """
            meta: { name: lanes }
            racks: [ { name: east }, { name: west } ]
            gears:
              - { name: a, type: pipe, deploy: east }
              - { name: b, type: pipe, deploy: west }
              - { name: c, type: pipe, deploy: east }
            wires:
              - { from: a.error, to: c.in, lane: guaranteed }
              - { from: a.out, to: b.in, lane: hot }
              - { from: c.out, to: b.in, lane: durable }
            """;
        assertThat(load(base).errors())
                .extracting(Fault::what)
                .containsExactly(
                        "a guaranteed wire runs between racks, and some rack runs both these gears",
                        "a hot wire cannot run between racks: it is memory",
                        "a durable wire cannot run between racks: it is one rack's disk");
    }

    private static final String FAR = """
        meta: { name: far }
        racks: [ { name: east }, { name: west, labels: { role: host } }, { group: hosts, match: { labels: { role: host } } } ]
        gears:
          - { name: a, type: pipe, deploy: east }
          - { name: b, type: pipe, deploy: west }
          - { name: c, type: pipe, deploy: hosts }
        wires:
        """;

    @Test
    void shouldMakeWiresBetweenRacksGuaranteed() {
        Scenario scenario = load(FAR + """
              - { from: a.out, to: b.in }
              - { from: a.error, to: c.in, lane: guaranteed, confirm: broker }
              - { from: b.out, to: a.in, confirm: receiver, sync: group }
            """).scenario();
        assertThat(scenario.wires()).extracting(WireDecl::lane).containsOnly(Lane.GUARANTEED);
        assertThat(scenario.wires())
                .extracting(WireDecl::confirm)
                .containsExactly(Confirm.RECEIVER, Confirm.BROKER, Confirm.RECEIVER);
        assertThat(scenario.wires()).extracting(WireDecl::sync).containsExactly(SyncMode.OS, null, SyncMode.GROUP);
        assertThat(scenario.wires()).extracting(WireDecl::toRack).containsExactly("west", "hosts", "east");
        assertThat(scenario.wiresOn("east")).isEmpty();
        assertThat(scenario.wiresLeaving("east")).hasSize(2);
        assertThat(scenario.wiresArriving("east")).hasSize(1);
        assertThat(scenario.wiresArriving("west")).hasSize(2);
    }

    @Test
    void shouldRefuseWiresToOnePortThatSayYesDifferently() {
        ScenarioLoad load = load(FAR + """
              - { from: a.out, to: b.in, confirm: broker }
              - { from: a.error, to: b.in }
            """);
        assertThat(load.errors())
                .extracting(Fault::what)
                .containsExactly("the wire at line 8 leads to the same port with confirm: broker");
    }

    @Test
    void shouldRefuseTwoGuaranteedWiresFromOneOutputAndWarnOfSyncWithoutAJournal() {
        ScenarioLoad load = load(FAR + """
              - { from: a.out, to: b.in, confirm: broker, sync: each }
              - { from: a.out, to: c.in }
            """);
        assertThat(load.errors())
                .extracting(Fault::what)
                .containsExactly("the output a.out has a durable or guaranteed wire already, at line 8");
        assertThat(load.faults())
                .extracting(Fault::what)
                .contains("means nothing on a guaranteed wire with confirm: broker");
    }

    @Test
    void shouldReadDurableWires() {
        Scenario scenario = load("""
            meta: { name: durable }
            gears:
              - { name: a, type: pipe }
              - { name: b, type: pipe }
            wires:
              - { from: a.out, to: b.in, lane: durable }
              - { from: a.error, to: b.in, lane: durable, sync: group }
              - { from: b.out, to: a.in }
            """).scenario();
        assertThat(scenario.wires()).extracting(WireDecl::lane).containsExactly(Lane.DURABLE, Lane.DURABLE, Lane.HOT);
        assertThat(scenario.wires()).extracting(WireDecl::sync).containsExactly(SyncMode.OS, SyncMode.GROUP, null);
    }

    @Test
    void shouldRefuseTwoDurableWiresFromOneOutputAndSyncOnAHotOne() {
        ScenarioLoad load = load("""
            meta: { name: durable }
            gears:
              - { name: a, type: pipe }
              - { name: b, type: pipe }
              - { name: c, type: pipe }
            wires:
              - { from: a.out, to: b.in, lane: durable }
              - { from: a.out, to: c.in, lane: durable }
              - { from: b.out, to: c.in, sync: each }
            """);
        assertThat(load.errors())
                .extracting(Fault::what)
                .containsExactly("the output a.out has a durable or guaranteed wire already, at line 7");
        assertThat(load.faults()).extracting(Fault::what).contains("means nothing on a hot wire");
    }

    @Test
    void shouldNotSayWhatMeansNothingOnALaneThatIsMisspelt() {
        ScenarioLoad load = load("""
            meta: { name: durable }
            gears:
              - { name: a, type: pipe }
              - { name: b, type: pipe }
            wires:
              - { from: a.out, to: b.in, lane: durabel, sync: each }
            """);
        assertThat(load.errors()).hasSize(1);
        assertThat(load.faults()).extracting(Fault::what).doesNotContain("means nothing on a hot wire");
    }

    @Test
    void shouldResolveGroupsToRacks() {
        Scenario scenario = load("""
            meta: { name: groups }
            racks:
              - { name: east, labels: { role: gateway } }
              - { name: west, labels: { role: core } }
              - { group: edge, match: { labels: { role: gateway } }, defaults: { log_level: info } }
            gears:
              - { name: a, type: pipe, deploy: edge }
              - { name: b, type: pipe }
              - { name: c, type: pipe, deploy: [ west ] }
            wires:
              - { from: a.out, to: b.in }
              - { from: east.a.error, to: east.b.in }
              - { from: c.out, to: b.in }
            """).scenario();
        assertThat(scenario.gearsOn("east")).extracting(GearDecl::name).containsExactly("a", "b");
        assertThat(scenario.gearsOn("west")).extracting(GearDecl::name).containsExactly("b", "c");
        assertThat(scenario.wiresOn("east")).hasSize(2);
        assertThat(scenario.wiresOn("west")).hasSize(1);
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

    @Test
    void shouldPassOnFaultsOfASpecWithItsOwnFileAndLine() throws Exception {
        Files.writeString(folder.resolve("spec.yaml"), "spec:\n  id: x\n  version: 1.0.0\n  wyre: {}\n");
        List<Fault> faults = load("""
            meta: { name: specs }
            gears:
              - { name: p, type: pipe, config: { spec_path: spec.yaml } }
            """).errors();
        assertThat(faults)
                .isNotEmpty()
                .allSatisfy(fault -> assertThat(fault.place().file()).endsWith("spec.yaml"));
        assertThat(faults).anySatisfy(fault -> assertThat(fault.place().line()).isEqualTo(4));
    }

    @Test
    void shouldLoadBuiltInSpecOnceForSeveralGears() {
        Scenario scenario = load("""
            meta: { name: specs }
            gears:
              - { name: p, type: pipe, config: { spec_path: "moov:spec87ascii" } }
              - { name: q, type: pipe, config: { spec_path: "moov:spec87ascii" } }
            """).scenario();
        var spec = scenario.specs().bySpecPath("moov:spec87ascii");
        assertThat(scenario.specs().byHash(spec.shortHash())).isSameAs(spec);
        assertThat(scenario.specs().byHash("000000000000")).isNull();
    }

    @Test
    void shouldGiveEveryGearTheSpecThatWasLoaded() {
        Scenario scenario = load("""
                        meta: { name: specs }
                        gears:
                          - { name: p, type: pipe, config: { spec_path: "moov:spec87ascii" } }
                          - { name: q, type: pipe }
                        """).scenario();

        assertThat(scenario.gears().get(0).config().spec("spec_path"))
                .isSameAs(scenario.specs().bySpecPath("moov:spec87ascii"));
        assertThat(scenario.gears().get(1).config().spec("spec_path")).isNull();
    }

    @Test
    void shouldTakeADialectFromTheStoreByNameTagOrHash() throws Exception {
        ArtefactStore store = new ArtefactStore(folder.resolve("artefacts"), InstantSource.system());
        byte[] first = "spec: { id: acme, version: 1.0.0, wire: { source: 'moov:spec87ascii' } }".getBytes(UTF_8);
        byte[] second = "spec: { id: acme, version: 1.1.0, wire: { source: 'moov:spec87ascii' } }".getBytes(UTF_8);
        String hash = store.add("acme", "v1.0.0", first).hash();
        store.add("acme", "v1.1.0", second);

        Scenario scenario = stored(store, "acme:v1.0.0", "acme:latest", "sha256:" + hash.substring(0, 12))
                .scenario();

        assertThat(scenario.specs().bySpecPath("acme:v1.0.0").hash()).isEqualTo(hash);
        assertThat(scenario.specs().bySpecPath("acme:latest").version()).isEqualTo("1.1.0");
        assertThat(scenario.gears().get(2).config().spec("spec_path").hash()).isEqualTo(hash);
    }

    @Test
    void shouldSayWhatToTypeWhereTheStoreHasNoSuchDialect() throws Exception {
        ArtefactStore store = new ArtefactStore(folder.resolve("artefacts"), InstantSource.system());
        store.add("acme", "v1.0.0", "spec: { id: acme, version: 1.0.0 }".getBytes(UTF_8));

        assertThat(stored(store, "acme:v1.0.1", "acne:latest", "sha256:ABC", "acme:v1.0.0")
                        .faults())
                .extracting(fault -> fault.toString().replace(folder + "/", ""))
                .anySatisfy(told -> assertThat(told)
                        .startsWith("s.yaml:3:39: error: gears[0].config.spec_path: no acme:v1.0.1 in ")
                        .contains("did you mean 'v1.0.0'?", "'fluxrig spec list' lists what is in the store"))
                .anySatisfy(told -> assertThat(told)
                        .startsWith("s.yaml:4:39: error: gears[1].config.spec_path: nothing is named 'acne'")
                        .contains("did you mean 'acme'?"))
                .anySatisfy(told -> assertThat(told).contains("'sha256:ABC' is no reference; write name:tag"))
                .anySatisfy(
                        told -> assertThat(told).startsWith("acme:v1.0.0:1:").contains("wire"));
        assertThat(stored(null, "acme:v1.0.0").faults())
                .anySatisfy(
                        fault -> assertThat(fault.what()).contains("neither built in nor a file, and where the store"));
    }

    @Test
    void shouldTakeAFileBeforeTheStore() throws Exception {
        Files.write(
                folder.resolve("acme:v1.yaml"),
                "spec: { id: beside, version: 1.0.0, wire: { source: 'moov:spec87ascii' } }".getBytes(UTF_8));

        assertThat(stored(null, "acme:v1.yaml")
                        .scenario()
                        .specs()
                        .bySpecPath("acme:v1.yaml")
                        .id())
                .isEqualTo("beside");
    }

    private ScenarioLoad stored(ArtefactStore store, String... specPaths) {
        StringBuilder yaml = new StringBuilder("meta: { name: specs }\ngears:\n");
        for (int i = 0; i < specPaths.length; i++) {
            yaml.append("  - { name: p%d, type: pipe, config: { spec_path: \"%s\" } }\n".formatted(i, specPaths[i]));
        }
        return new ScenarioLoader(TestGears.catalog(), environment::get, store)
                .load(folder.resolve("s.yaml"), yaml.toString().getBytes(UTF_8));
    }

    @Test
    void shouldReportMissingFiles() {
        assertThat(new ScenarioLoader(TestGears.catalog(), environment::get)
                        .load(folder.resolve("none.yaml"))
                        .errors())
                .singleElement()
                .extracting(Fault::what)
                .isEqualTo("no such file");
        assertThat(faultsOf("""
            meta: { name: files }
            gears:
              - { name: d, type: io_test, config: { mode: server, tls: { enabled: true, cert_file: no.pem } } }
            """))
                .anySatisfy(fault -> assertThat(fault).contains("3:77", "no readable file at", "no.pem"));
    }

    @Test
    void shouldRefuseBrokenYamlWithItsLine() {
        assertThat(faultsOf("meta: { name: x\ngears: [\n"))
                .singleElement()
                .asString()
                .startsWith("s.yaml:2:");
        assertThat(faultsOf("a: 1\na: 2\nb: [1, 2"))
                .anySatisfy(fault -> assertThat(fault).contains("no YAML"));
        assertThat(faultsOf(""))
                .containsExactly("s.yaml: error: is empty; a scenario is a map with meta, gears and wires");
        assertThat(faultsOf("- 1")).hasSize(1);
        assertThat(faultsOf("meta: { name: x }\n---\ngears: []\n"))
                .anySatisfy(fault -> assertThat(fault).contains("second document"));
    }

    @Test
    void shouldReportKeysGivenTwice() {
        assertThat(faultsOf("meta: { name: x, name: y }\ngears: []\n"))
                .contains("s.yaml:1:18: error: name: the key stands here a second time, first at line 1;"
                        + " keep one of them");
    }

    @Test
    void shouldShareAliasedNodesWithoutLimitOfUseBelowTheMaximum() {
        Scenario scenario = load("""
            meta: { name: alias }
            x-common: &common { mode: client }
            gears:
              - { name: a, type: io_test, config: *common }
              - { name: b, type: io_test, config: *common }
            """).scenario();
        assertThat(scenario.gears())
                .allSatisfy(gear -> assertThat(gear.config().text("mode")).isEqualTo("client"));
    }

    @Test
    void shouldWantWordsInQuotesWhereTheyLookLikeNumbersOrFlags() {
        assertThat(faultsOf(GOOD.replace("name: good, version: 1.2.3", "name: true, version: 1.2")
                        .replace("to: out_a }", "to: 7 }")
                        .replace("10.0.0.0/8", "False")))
                .containsExactly(
                        "s.yaml:1:15: error: meta.name: 'true' is a flag, text is needed; put it in quotes",
                        "s.yaml:1:30: error: meta.version: '1.2' is a number, text is needed; put it in quotes",
                        "s.yaml:8:15: error: gears[0].config.allow[0]: 'False' is a flag, text is needed; put it in quotes",
                        "s.yaml:9:57: error: gears[1].config.routes[0].to: '7' is a number, text is needed; put it in quotes");
    }

    @Test
    void shouldTakeDigitsOfAListOfTextsAsTheyAreWritten() {
        ScenarioLoad load = load(GOOD.replace("10.0.0.0/8, 127.0.0.1/32", "411111, 0052, 51"));

        assertThat(load.faults()).isEmpty();
        assertThat(load.scenario().gears().get(0).config().texts("allow")).containsExactly("411111", "0052", "51");
    }

    @Test
    void shouldRefusePathsThatNoFileCanHave() {
        assertThat(faultsOf(GOOD.replace("mode: server", "mode: server\n      tls: { cert_file: \"a\\0.pem\" }")
                        .replace("type: pipe }", "type: pipe, config: { spec_path: \"a\\0.yaml\" } }")))
                .containsExactly(
                        "s.yaml:7:25: error: gears[0].config.tls.cert_file: 'a\\0.pem' is no path: nul character not allowed;"
                                + " name a file or a folder",
                        "s.yaml:11:41: error: gears[2].config.spec_path: 'a\\0.yaml' is no path: nul character not allowed;"
                                + " name a spec file, or a built-in such as moov:spec87ascii");
    }
}
