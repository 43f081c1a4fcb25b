package io.fluxrig.engine.scenario;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.fluxrig.engine.artefact.ArtefactSource;
import io.fluxrig.iso.spec.Spec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A scenario that is read again: which of its dialects are read anew. */
class SpecMemoryTest {
    private static final String SPEC = "spec: { id: acme, version: %s, wire: { source: 'moov:spec87ascii' } }";
    private static final String SCENARIO = """
        meta: { name: again }
        gears:
          - { name: filed, type: pipe, config: { spec_path: acme.yaml } }
          - { name: built, type: pipe, config: { spec_path: "moov:spec87ascii" } }
          - { name: stored, type: pipe, config: { spec_path: "acme:latest" } }
        """;

    @TempDir
    private Path folder;

    private final SpecMemory memory = new SpecMemory();
    private String inStore = SPEC.formatted("1.0.0");

    @BeforeEach
    void write() throws IOException {
        Files.writeString(folder.resolve("acme.yaml"), SPEC.formatted("1.0.0"));
        Files.writeString(folder.resolve("s.yaml"), SCENARIO);
    }

    /** Each time another loader, as a rack that a mixer leads has it. */
    private ScenarioLoad load() {
        ArtefactSource store = reference -> inStore.getBytes(UTF_8);
        return new ScenarioLoader(TestGears.catalog(), name -> null, store, memory).load(folder.resolve("s.yaml"));
    }

    private static Spec spec(ScenarioLoad load, String specPath) {
        return load.scenario().specs().bySpecPath(specPath);
    }

    @Test
    void shouldNotReadADialectAnewWhoseBytesAreTheSame() {
        ScenarioLoad first = load();
        ScenarioLoad second = load();

        assertThat(spec(second, "acme.yaml")).isSameAs(spec(first, "acme.yaml"));
        assertThat(spec(second, "moov:spec87ascii")).isSameAs(spec(first, "moov:spec87ascii"));
        assertThat(spec(second, "acme:latest")).isSameAs(spec(first, "acme:latest"));
    }

    @Test
    void shouldReadAFileAnewThatIsAnother() throws IOException {
        ScenarioLoad first = load();
        Files.writeString(folder.resolve("acme.yaml"), SPEC.formatted("1.0.1"));
        ScenarioLoad second = load();

        assertThat(spec(second, "acme.yaml").version()).isEqualTo("1.0.1");
        assertThat(spec(second, "acme:latest")).isSameAs(spec(first, "acme:latest"));
    }

    @Test
    void shouldReadAnewWhatTheStoreHasOtherBytesOf() {
        load();
        inStore = SPEC.formatted("2.0.0");

        assertThat(spec(load(), "acme:latest").version()).isEqualTo("2.0.0");
    }

    @Test
    void shouldRememberTheDialectsOfTheLastSoundScenario() throws IOException {
        ScenarioLoad first = load();
        Files.writeString(folder.resolve("s.yaml"), "meta: { name: broken }\ngears: []");
        assertThat(load().ok()).isFalse();
        Files.writeString(folder.resolve("s.yaml"), SCENARIO);

        assertThat(spec(load(), "acme.yaml")).isSameAs(spec(first, "acme.yaml"));
    }

    @Test
    void shouldTellTheFaultsOfAFileEachTime() throws IOException {
        load();
        Files.writeString(folder.resolve("acme.yaml"), "spec: { id: acme }");

        assertThat(load().errors()).isNotEmpty().isEqualTo(load().errors());
        assertThat(load().ok()).isFalse();
    }

    @Test
    void shouldReadAtThePaceThatItIsGiven() {
        AtomicInteger breaths = new AtomicInteger();
        ScenarioLoad load = new ScenarioLoader(TestGears.catalog(), name -> null, reference -> inStore.getBytes(UTF_8))
                .load(folder.resolve("s.yaml"), breaths::incrementAndGet);

        assertThat(load.ok()).isTrue();
        assertThat(breaths).hasValueGreaterThan(50);
    }

    @Test
    void shouldStayInterruptedWhereItIsWhileItRests() {
        Unhurried pace = new Unhurried();
        Thread.currentThread().interrupt();
        long endNs = System.nanoTime() + 5_000_000;
        while (System.nanoTime() < endNs) {
            pace.breathe();
        }

        assertThat(Thread.interrupted()).isTrue();
    }
}
