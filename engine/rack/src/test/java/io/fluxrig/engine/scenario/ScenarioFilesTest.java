package io.fluxrig.engine.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.fluxrig.engine.fault.Fault;
import org.junit.jupiter.api.Test;

class ScenarioFilesTest extends ScenarioReading {
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
