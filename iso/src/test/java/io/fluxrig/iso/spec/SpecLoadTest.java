package io.fluxrig.iso.spec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whether what was loaded is what would be loaded now: a spec over a file beside it, over another. */
class SpecLoadTest {
    private static final String SPEC = "spec: { id: acme, version: 1.0.0, wire: { source: middle.yaml } }";
    private static final String MIDDLE = "spec: { id: m, version: 1.0.0, wire: { source: lowest.yaml } }";
    private static final String LOWEST = "spec: { id: l, version: 1.0.0, wire: { source: 'moov:spec87ascii' } }";

    @TempDir
    private Path folder;

    private Path file;
    private SpecLoad load;

    @BeforeEach
    void load() throws IOException {
        file = Files.writeString(folder.resolve("acme.yaml"), SPEC);
        Files.writeString(folder.resolve("middle.yaml"), MIDDLE);
        Files.writeString(folder.resolve("lowest.yaml"), LOWEST);
        load = SpecLoader.load(file);
        assertThat(load.faults()).isEmpty();
    }

    @Test
    void shouldBeCurrentWhileAllItsFilesHaveTheSameBytes() throws IOException {
        assertThat(load.isCurrent()).isTrue();

        Files.writeString(file, SPEC);
        assertThat(load.isCurrent()).isTrue();
    }

    @Test
    void shouldNotBeCurrentOnceItsFileIsAnother() throws IOException {
        Files.writeString(file, SPEC + " ");

        assertThat(load.isCurrent()).isFalse();
    }

    @Test
    void shouldNotBeCurrentOnceAFileThatIsMergedIntoItIsAnother() throws IOException {
        Files.writeString(folder.resolve("lowest.yaml"), LOWEST.replace("id: l", "id: x"));

        assertThat(load.isCurrent()).isFalse();
    }

    @Test
    void shouldNotBeCurrentOnceAFileIsGone() throws IOException {
        Files.delete(folder.resolve("middle.yaml"));

        assertThat(load.isCurrent()).isFalse();
    }

    @Test
    void shouldTellTheBytesThatItWasGiven() {
        SpecLoad given = SpecLoader.load("acme:1", LOWEST.getBytes(UTF_8));

        assertThat(given.isOf(LOWEST.getBytes(UTF_8))).isTrue();
        assertThat(given.isOf(SPEC.getBytes(UTF_8))).isFalse();
        assertThat(given.isCurrent()).isFalse();
        assertThat(load.isOf(SPEC.getBytes(UTF_8))).isFalse();
    }
}
