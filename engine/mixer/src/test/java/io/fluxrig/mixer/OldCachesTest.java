package io.fluxrig.mixer;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OldCachesTest {
    @TempDir
    Path data;

    private List<String> names() throws Exception {
        try (Stream<Path> found = Files.list(data)) {
            return found.map(path -> path.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void shouldRemoveWhatAMixerThatWasKilledLeftBehindAndNothingElse() throws Exception {
        Path old = Files.createDirectories(data.resolve("cache-0b6ed4a4-6a0f-4c3e-9a55-5f2c0b1d9e77/schemas"));
        Files.writeString(old.resolve("one.json"), "{}");
        Files.createDirectories(data.resolve("cache-of-mine"));
        Files.writeString(data.resolve("cache-0b6ed4a4-6a0f-4c3e-9a55-5f2c0b1d9e78"), "no folder");

        OldCaches.remove(data);

        assertThat(names()).containsExactly("cache-0b6ed4a4-6a0f-4c3e-9a55-5f2c0b1d9e78", "cache-of-mine");
    }

    /** So that another Vert.x, which names them otherwise, does not go unnoticed. */
    @Test
    void shouldKnowTheFolderThatVertxMakes() throws Exception {
        Vertx vertx = MixerSupervisor.vertx(data);
        try {
            Path unpacked = Files.createDirectories(data.resolve(names().stream()
                    .filter(name -> name.startsWith("cache-"))
                    .findFirst()
                    .orElseThrow()));
            assertThat(unpacked).isDirectory();

            OldCaches.remove(data);

            assertThat(names()).isEmpty();
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().join();
        }
    }
}
