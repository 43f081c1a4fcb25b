package io.fluxrig.engine.artefact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fluxrig.iso.mask.MaskingText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ArtefactStoreTest {
    private static final Instant NOW = Instant.parse("2026-11-26T12:00:00Z");
    private static final byte[] ONE = bytes("one");
    private static final byte[] TWO = bytes("two");
    private static final int PROCESSES = 2;
    private static final int TAGS_EACH = 25;

    @TempDir
    Path folder;

    private ArtefactStore store;

    @BeforeEach
    void open() {
        store = new ArtefactStore(folder.resolve("artefacts"), () -> NOW);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private Path blob(Artefact artefact) {
        return folder.resolve("artefacts/blobs/" + artefact.hash().substring(0, 2) + "/"
                + artefact.hash().substring(2));
    }

    @Test
    void shouldGiveBackWhatItWasGiven() throws Exception {
        Artefact added = store.add("acme", "v1.0.0", ONE);

        assertThat(added).isEqualTo(new Artefact("acme", "v1.0.0", ArtefactStore.hash(ONE), NOW));
        assertThat(added.hash()).isEqualTo("7692c3ad3540bb803c020b3aee66cd8887123234ea0c6e7143c0add73ff431ed");
        ArtefactStore again = new ArtefactStore(folder.resolve("artefacts"), () -> NOW);
        assertThat(again.list()).containsExactly(added);
        for (String reference :
                List.of("acme:v1.0.0", "acme:latest", "sha256:" + added.hash(), "sha256:7692c3ad3540")) {
            assertThat(again.content(again.find(reference))).as(reference).isEqualTo(ONE);
        }
    }

    @Test
    void shouldKeepATagAtWhatItNamed() throws Exception {
        Artefact first = store.add("acme", "v1.0.0", ONE);

        assertThatThrownBy(() -> store.add("acme", "v1.0.0", TWO))
                .isInstanceOf(ArtefactException.class)
                .hasMessageContaining("for ever")
                .hasMessageContaining("another tag");
        assertThat(store.add("acme", "v1.0.0", ONE)).isEqualTo(first);
        assertThat(store.content(store.find("acme:v1.0.0"))).isEqualTo(ONE);
        assertThat(store.list()).hasSize(1);
    }

    /** The masker takes twelve digits for a card number's; one of fourteen hashes has as many in a row. */
    @Test
    void shouldTellOfHashesAndFilesInWordsThatAreNotMasked() throws Exception {
        byte[] content;
        int tried = 0;
        do {
            content = new byte[] {(byte) (tried >> 8), (byte) tried++};
        } while (MaskingText.isClean(ArtefactStore.hash(content).substring(2)));
        Artefact added = store.add("acme", "v1.0.0", content);

        assertThatThrownBy(() -> store.add("acme", "v1.0.0", TWO))
                .hasMessageStartingWith("acme:v1.0.0 is sha256:" + added.hash().substring(0, 10) + "... for ever")
                .satisfies(refused ->
                        assertThat(MaskingText.isClean(refused.getMessage())).isTrue());

        Files.delete(blob(added));
        String start =
                "/blobs/" + added.hash().substring(0, 2) + "/" + added.hash().substring(2, 10) + "* ";
        assertThatThrownBy(() -> store.content(added))
                .hasMessageContaining(folder.resolve("artefacts") + start)
                .satisfies(lost -> assertThat(
                                MaskingText.isClean(lost.getMessage().replace(folder.toString(), "")))
                        .isTrue());

        Files.createDirectory(blob(added));
        assertThatThrownBy(() -> store.content(added))
                .hasMessageContaining(start + "cannot be read")
                .satisfies(unread -> assertThat(
                                MaskingText.isClean(unread.getMessage().replace(folder.toString(), "")))
                        .isTrue());
    }

    @Test
    void shouldTakeTheHighestVersionForTheLatest() throws Exception {
        store.add("acme", "v1.10.0", ONE);
        store.add("acme", "v1.9.0", TWO);
        store.add("acme", "v2.0.0-rc.1", TWO);
        store.add("acme", "v2.0.0-rc.2", ONE);
        store.add("acme", "zeta", TWO);
        store.add("other", "v9.0.0", TWO);

        assertThat(store.find("acme:latest").tag()).isEqualTo("v2.0.0-rc.2");
        assertThat(store.history("acme"))
                .extracting(Artefact::tag)
                .containsExactly("v1.10.0", "v1.9.0", "v2.0.0-rc.1", "v2.0.0-rc.2", "zeta");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "acme:v1.0.1|did you mean 'v1.0.0'?",
                "acne:v1.0.0|did you mean 'acme'?",
                "sha256:000000000000|fluxrig spec list",
                "sha256:00|is no reference",
                "acme|is no reference"
            })
    void shouldSayWhatThereIsInstead(String reference, String words) throws Exception {
        store.add("acme", "v1.0.0", ONE);

        assertThatThrownBy(() -> store.find(reference)).hasMessageContaining(words);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Acme", "a/b", "..", "fluxrig", "sha256", "a:b"})
    void shouldRefuseNamesThatCannotBeOne(String name) {
        assertThatThrownBy(() -> store.add(name, "v1.0.0", ONE)).isInstanceOf(ArtefactException.class);
        assertThat(folder.resolve("artefacts")).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "latest", "a/b", "../x"})
    void shouldRefuseTagsThatCannotBeOne(String tag) {
        assertThatThrownBy(() -> store.add("acme", tag, ONE)).isInstanceOf(ArtefactException.class);
    }

    @Test
    void shouldNoticeDamagedBytesAndTakeThemAnew() throws Exception {
        Artefact added = store.add("acme", "v1.0.0", ONE);
        Files.write(blob(added), TWO);

        assertThatThrownBy(() -> store.content(added))
                .isInstanceOf(ArtefactLostException.class)
                .hasMessageContaining("was changed since");
        store.add("acme", "v1.0.0", ONE);
        assertThat(store.content(added)).isEqualTo(ONE);

        Files.delete(blob(added));
        assertThatThrownBy(() -> store.content(added))
                .isInstanceOf(ArtefactLostException.class)
                .hasMessageContaining("no such file");
    }

    @Test
    void shouldTellBytesThatCannotBeReadFromLostOnes() throws Exception {
        Artefact added = store.add("acme", "v1.0.0", ONE);
        Files.delete(blob(added));
        Files.createDirectory(blob(added));

        assertThatThrownBy(() -> store.content("acme", "v1.0.0"))
                .isExactlyInstanceOf(ArtefactException.class)
                .hasMessageContaining("cannot be read");
        assertThatThrownBy(() -> store.content("acme", "v9")).isInstanceOf(ArtefactLostException.class);
    }

    @Test
    void shouldLoseNothingToAWriteThatWasCutShort() throws Exception {
        Artefact added = store.add("acme", "v1.0.0", ONE);
        Files.write(folder.resolve("artefacts/incoming.tmp"), bytes("{\"format\": 1, \"artef"));

        assertThat(store.list()).containsExactly(added);
        store.add("acme", "v1.1.0", TWO);
        assertThat(store.list()).hasSize(2);
        assertThat(folder.resolve("artefacts/incoming.tmp")).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "{\"format\": 2, \"artefacts\": []}",
                "{\"format\": 1, \"artefacts\": [{\"name\": \"a\", \"tag\": \"b\", \"hash\": \"../../x\", \"added\": \"\"}]}"
            })
    void shouldSayThatTheIndexIsDamagedAndWriteNothing(String index) throws Exception {
        store.add("acme", "v1.0.0", ONE);
        Path file = folder.resolve("artefacts/index.json");
        Files.writeString(file, index);

        assertThatThrownBy(store::list).hasMessageContaining("index.json cannot be read");
        assertThatThrownBy(() -> store.add("acme", "v1.1.0", TWO)).hasMessageContaining("cannot be read");
        assertThat(file).hasContent(index);
    }

    @Test
    void shouldKeepWhatTwoProcessesWriteAtOnce() throws Exception {
        List<Process> writers = new ArrayList<>();
        for (int i = 0; i < PROCESSES; i++) {
            writers.add(writer("writer" + i));
        }
        for (Process writer : writers) {
            assertThat(writer.waitFor(1, TimeUnit.MINUTES)).isTrue();
            assertThat(writer.exitValue()).isZero();
        }

        assertThat(store.list()).hasSize(PROCESSES * TAGS_EACH);
        for (Artefact artefact : store.list()) {
            assertThat(store.content(artefact)).isEqualTo(bytes(artefact.tag()));
        }
    }

    private Process writer(String name) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Writer.class.getName(),
                        folder.resolve("artefacts").toString(),
                        name)
                .inheritIO()
                .start();
    }

    /** A process of its own that stores under one name. */
    static final class Writer {
        private Writer() {}

        public static void main(String... arguments) throws ArtefactException {
            ArtefactStore store = new ArtefactStore(Path.of(arguments[0]), () -> NOW);
            for (int i = 0; i < TAGS_EACH; i++) {
                store.add(arguments[1], "1.0." + i, bytes("1.0." + i));
            }
        }
    }
}
