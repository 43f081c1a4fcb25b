package io.fluxrig.engine.scenario;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.fluxrig.engine.artefact.ArtefactStore;
import io.fluxrig.engine.fault.Fault;
import io.fluxrig.engine.gear.SpecCatalog;
import java.nio.file.Files;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScenarioSpecsTest extends ScenarioReading {
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
    void shouldTakeWhatGoesWithTheScenarioBeforeTheStore() throws Exception {
        byte[] first = "spec: { id: acme, version: 1.0.0, wire: { source: 'moov:spec87ascii' } }".getBytes(UTF_8);
        byte[] second = "spec: { id: acme, version: 1.1.0, wire: { source: 'moov:spec87ascii' } }".getBytes(UTF_8);
        new ArtefactStore(folder.resolve("bundled-artefacts"), InstantSource.system()).add("acme", "v1.0.0", first);
        ArtefactStore store = new ArtefactStore(folder.resolve("artefacts"), InstantSource.system());
        store.add("acme", "v1.1.0", second);

        SpecCatalog specs =
                stored(store, "acme:latest", "acme:v1.1.0").scenario().specs();

        assertThat(specs.bySpecPath("acme:latest").version()).isEqualTo("1.0.0");
        assertThat(specs.bySpecPath("acme:v1.1.0").version()).isEqualTo("1.1.0");
        assertThat(stored(null, "acme:latest").ok()).isTrue();
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
}
