package io.fluxrig.mixer.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fluxrig.engine.artefact.ArtefactStore;
import io.fluxrig.engine.control.ScenarioBundle;
import io.fluxrig.mixer.desk.RefusedException;
import io.fluxrig.mixer.registry.AuditEntry;
import io.fluxrig.mixer.registry.DuckRegistry;
import io.fluxrig.mixer.registry.Registry;
import io.fluxrig.mixer.registry.ScenarioEntry;
import io.fluxrig.mixer.spec.Specs;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A version whose files in the store are damaged, or lost, imported again. */
class RestoreTest {
    private static final String YAML = "meta: { name: pay, version: 1.0.0 }\nracks: [ { name: east } ]\n";

    @TempDir
    private Path folder;

    private Registry registry;
    private ScenarioVersions versions;
    private ScenarioEntry pay;

    @BeforeEach
    void open() throws Exception {
        registry = DuckRegistry.open(folder.resolve("registry.duckdb"));
        InstantSource clock = InstantSource.system();
        ArtefactStore store = new ArtefactStore(folder.resolve("artefacts"), clock);
        versions = new ScenarioVersions(registry, store, new Specs(store, false, registry, clock), () -> 0, clock);
        pay = add(YAML);
    }

    @AfterEach
    void close() {
        registry.close();
    }

    private ScenarioEntry add(String yaml) throws RefusedException {
        byte[] bytes = yaml.getBytes(StandardCharsets.UTF_8);
        return versions.add(ScenarioBundle.of("pay.yaml", Map.of("pay.yaml", bytes)), "ana");
    }

    private List<String> actions() {
        return registry.audit(Long.MAX_VALUE, 10).stream()
                .map(AuditEntry::action)
                .toList();
    }

    private Path blob() {
        return folder.resolve("artefacts/blobs")
                .resolve(pay.hash().substring(0, 2))
                .resolve(pay.hash().substring(2));
    }

    @Test
    void shouldWriteNothingDownWhereNothingIsRestored() throws Exception {
        assertThat(add(YAML)).isEqualTo(pay);

        assertThat(actions()).containsExactly("scenario.import");
    }

    /** Racks are sent those files, and nobody could tell who had put them there. */
    @Test
    void shouldWriteDownWhoRestoredItsFiles() throws Exception {
        Files.write(blob(), new byte[] {1});

        assertThat(add(YAML)).isEqualTo(pay);

        assertThat(versions.bundle(pay).main()).isEqualTo("pay.yaml");
        assertThat(registry.audit(Long.MAX_VALUE, 1).get(0))
                .returns("scenario.restore", AuditEntry::action)
                .returns("ana", AuditEntry::who)
                .returns("pay 1.0.0", AuditEntry::subject)
                .returns("sha256:" + pay.hash(), AuditEntry::detail);
    }

    /** The store took any files for a version that it had lost. */
    @Test
    void shouldTakeNoOtherFilesForAVersionThatTheStoreHasLost() throws Exception {
        Files.delete(folder.resolve("artefacts/index.json"));

        assertThatThrownBy(() -> add(YAML + "# more\n"))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("pay 1.0.0 was imported with other files");

        add(YAML);
        assertThat(actions()).containsExactly("scenario.restore", "scenario.import");
    }
}
