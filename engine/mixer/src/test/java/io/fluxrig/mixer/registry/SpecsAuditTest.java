package io.fluxrig.mixer.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fluxrig.engine.artefact.ArtefactStore;
import io.fluxrig.engine.artefact.Artefacts;
import io.fluxrig.mixer.desk.RefusedException;
import io.fluxrig.mixer.spec.Specs;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A spec and the line that says who imported it, where the database fails at the line, or when both are to be kept. */
class SpecsAuditTest {
    private static final byte[] SPEC = {1, 2, 3};

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

    private Specs specs(Artefacts artefacts) {
        return new Specs(artefacts, artefacts == shared, registry, InstantSource.system());
    }

    private List<String> lines() {
        return registry.audit(Long.MAX_VALUE, 10).stream()
                .map(line -> line.who() + " " + line.action() + " " + line.subject() + " " + line.detail())
                .toList();
    }

    private static String line() {
        return "api spec.import acme:v1 sha256:" + ArtefactStore.hash(SPEC);
    }

    @Test
    void shouldKeepNoSpecInTheDatabaseWithoutItsLine() throws Exception {
        store.failsAtLines = true;
        assertThatThrownBy(() -> specs(shared).add("acme", "v1", SPEC, "api")).isInstanceOf(RegistryException.class);
        store.failsAtLines = false;

        assertThat(shared.has("acme", "v1")).isFalse();
    }

    @Test
    void shouldKeepNoSpecInFilesWithoutItsLine() throws Exception {
        store.failsAtLines = true;
        assertThatThrownBy(() -> specs(files).add("acme", "v1", SPEC, "api")).isInstanceOf(RegistryException.class);
        store.failsAtLines = false;

        assertThat(files.has("acme", "v1")).isFalse();
    }

    /** The file was there, and no line that said who had it put there. */
    @Test
    void shouldKeepNoSpecInFilesWhoseLineWasNotKeptInTheEnd() throws Exception {
        store.failsAtTheEnd = true;
        assertThatThrownBy(() -> specs(files).add("acme", "v1", SPEC, "api")).isInstanceOf(RegistryException.class);
        store.failsAtTheEnd = false;
        assertThat(lines()).isEmpty();
        assertThat(files.has("acme", "v1")).isFalse();

        specs(files).add("acme", "v1", SPEC, "api");

        assertThat(lines()).containsExactly(line());
        assertThat(files.has("acme", "v1")).isTrue();
    }

    @Test
    void shouldSayThatThereIsALineOfAFileThatCannotBeWritten() throws Exception {
        Path inTheWay = Files.createDirectories(folder.resolve("artefacts").resolve("lock"));

        assertThatThrownBy(() -> specs(files).add("acme", "v1", SPEC, "api"))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("cannot write to the store")
                .hasMessageEndingWith("import it again then: the audit log has it already");
        assertThat(lines()).containsExactly(line());

        Files.delete(inTheWay);
        specs(files).add("acme", "v1", SPEC, "api");
        assertThat(files.has("acme", "v1")).isTrue();
    }

    @Test
    void shouldWriteTheLineOfAFileThatIsThereWithoutOne() throws Exception {
        files.add("acme", "v1", SPEC);

        specs(files).add("acme", "v1", SPEC, "api");

        assertThat(lines()).containsExactly(line());
    }

    @Test
    void shouldWriteOneLineForTheSameSpec() throws Exception {
        for (Artefacts each : List.of(shared, files)) {
            specs(each).add("acme", "v1", SPEC, "api");
            specs(each).add("acme", "v1", SPEC, "api");
        }

        assertThat(lines()).as("one for each store").containsExactly(line(), line());
    }

    @Test
    void shouldWriteNoLineForWhatIsRefused() throws Exception {
        for (Artefacts each : List.of(shared, files)) {
            each.add("acme", "v1", SPEC);

            assertThatThrownBy(() -> specs(each).add("acme", "v1", new byte[] {9}, "api"))
                    .isInstanceOf(RefusedException.class)
                    .hasMessageContaining("give it another tag");
        }

        assertThat(lines()).isEmpty();
    }
}
