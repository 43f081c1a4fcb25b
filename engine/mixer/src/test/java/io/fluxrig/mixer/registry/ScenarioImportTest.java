package io.fluxrig.mixer.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fluxrig.engine.artefact.ArtefactStore;
import io.fluxrig.engine.artefact.Artefacts;
import io.fluxrig.engine.control.ScenarioBundle;
import io.fluxrig.mixer.desk.RefusedException;
import io.fluxrig.mixer.scenario.ScenarioVersions;
import io.fluxrig.mixer.spec.Specs;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A scenario's version and its files, where the database fails in between. */
class ScenarioImportTest {
    private static final String YAML = "meta: { name: pay, version: 1.0.0 }\nracks: [ { name: east } ]\n";
    private static final String OTHER = YAML + "# more\n";

    @TempDir
    private Path folder;

    private FailingStore store;
    private SqlRegistry registry;
    private Artefacts shared;
    private Artefacts files;

    @BeforeEach
    void open() {
        store = new FailingStore(DuckStore.open(folder.resolve("registry.duckdb")));
        registry = SqlRegistry.over(store);
        shared = new SqlArtefacts(store, registry::changing, InstantSource.system());
        files = new ArtefactStore(folder.resolve("artefacts"), InstantSource.system());
    }

    @AfterEach
    void close() {
        registry.close();
    }

    private ScenarioEntry add(Artefacts artefacts, String yaml) throws RefusedException {
        InstantSource clock = InstantSource.system();
        Specs specs = new Specs(artefacts, artefacts == shared, registry, clock);
        byte[] bytes = yaml.getBytes(StandardCharsets.UTF_8);
        return new ScenarioVersions(registry, artefacts, specs, () -> 0, clock)
                .add(ScenarioBundle.of("pay.yaml", Map.of("pay.yaml", bytes)), "ana");
    }

    private boolean isListed() {
        return registry.scenario("pay", "1.0.0") != null;
    }

    @Test
    void shouldNotTakeAVersionForImportedWhoseLineWasNotKept() throws Exception {
        for (Artefacts each : new Artefacts[] {shared, files}) {
            store.failsAtLines = true;
            assertThatThrownBy(() -> add(each, YAML)).isInstanceOf(RegistryException.class);
            store.failsAtLines = false;

            assertThat(each.has("scenario.pay", "1.0.0")).isFalse();
        }
        assertThat(add(files, OTHER).title()).isEqualTo("pay 1.0.0");
    }

    @Test
    void shouldNotTakeAVersionForImportedThatTheDatabaseDidNotKeepInTheEnd() throws Exception {
        store.failsAtTheEnd = true;
        assertThatThrownBy(() -> add(shared, YAML)).isInstanceOf(RegistryException.class);
        store.failsAtTheEnd = false;

        assertThat(add(shared, OTHER).title()).isEqualTo("pay 1.0.0");
    }

    /** They may be those of a registry that was put back from an older copy. */
    @Test
    void shouldSayOfFilesThatNothingListsThatAnImportWasCutShort() throws Exception {
        store.failsAtTheEnd = true;
        assertThatThrownBy(() -> add(files, YAML)).isInstanceOf(RegistryException.class);
        store.failsAtTheEnd = false;

        assertThatThrownBy(() -> add(files, OTHER))
                .isInstanceOf(RefusedException.class)
                .hasMessageStartingWith(
                        "there are other files of pay 1.0.0, which no list has: an import was cut short")
                .hasMessageEndingWith("import those, or write another meta.version in pay.yaml");
        assertThat(isListed()).isFalse();

        add(files, YAML);
        assertThat(isListed()).isTrue();
    }

    @Test
    void shouldListNoVersionWhoseFilesCannotBeKept() throws Exception {
        Path inTheWay = Files.createDirectories(folder.resolve("artefacts").resolve("lock"));

        assertThatThrownBy(() -> add(files, YAML))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("cannot write to the store");
        assertThat(isListed()).isFalse();
        assertThat(registry.audit(Long.MAX_VALUE, 10)).isEmpty();

        Files.delete(inTheWay);
        assertThat(add(files, YAML).title()).isEqualTo("pay 1.0.0");
    }
}
