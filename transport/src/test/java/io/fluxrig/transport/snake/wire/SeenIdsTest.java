package io.fluxrig.transport.snake.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.fluxrig.transport.snake.seal.Origin;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SeenIdsTest {
    @TempDir
    private Path folder;

    private final Origin one = origin(1);
    private final Origin other = origin(2);

    private static Origin origin(int first) {
        byte[] bytes = new byte[16];
        bytes[0] = (byte) first;
        return new Origin(bytes);
    }

    private SeenIds open() throws IOException {
        return SeenIds.open(folder.resolve("seen"));
    }

    @Test
    void shouldKnowWhatItHasSeenOfEachOrigin() {
        SeenIds seen = SeenIds.inMemory();
        seen.add(one, 5);
        assertThat(seen.has(one, 5)).isTrue();
        assertThat(seen.has(one, 6)).isFalse();
        assertThat(seen.has(other, 5)).isFalse();
    }

    @Test
    void shouldKnowItAfterARestart() throws IOException {
        try (SeenIds seen = open()) {
            seen.add(one, 5);
            seen.add(other, 7);
        }
        try (SeenIds seen = open()) {
            assertThat(seen.has(one, 5)).isTrue();
            assertThat(seen.has(other, 7)).isTrue();
            assertThat(seen.count()).isEqualTo(2);
        }
    }

    @Test
    void shouldForgetTheOldestBeyondItsMaximum() throws IOException {
        try (SeenIds seen = open()) {
            for (long sequence = 0; sequence <= SeenIds.IDS_MAX; sequence++) {
                seen.add(one, sequence);
            }
            assertThat(seen.has(one, 0)).isFalse();
            assertThat(seen.has(one, 1)).isTrue();
        }
        try (SeenIds seen = open()) {
            assertThat(seen.count()).isEqualTo(SeenIds.IDS_MAX);
            assertThat(seen.has(one, 0)).isFalse();
            assertThat(seen.has(one, SeenIds.IDS_MAX)).isTrue();
        }
    }
}
