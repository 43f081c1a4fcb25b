package io.fluxrig.transport.snake.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fluxrig.perf.clock.Clock;
import io.fluxrig.perf.latency.LatencyRecorder;
import io.fluxrig.transport.journal.Journal;
import io.fluxrig.transport.journal.JournalKind;
import io.fluxrig.transport.journal.JournalRig;
import io.fluxrig.transport.journal.store.JournalException;
import io.fluxrig.transport.snake.nats.FakeBus;
import io.fluxrig.transport.snake.nats.SnakeSettings;
import io.fluxrig.transport.snake.seal.WireKeys;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SnakeWiresTest {
    private static final byte[] KEY = JournalRig.key(7);

    @TempDir
    private Path folder;

    private final SnakeWires wires = new SnakeWires(
            new SnakeSettings(List.of("nats://127.0.0.1:1"), null, null, null, "west", 1, 1 << 20, 16, 1, 1, 1),
            new FakeBus(),
            WireKeys.of(KEY.clone()),
            Clock.system(),
            new SecureRandom());

    private Journal journal() throws JournalException {
        return Journal.open(
                JournalRig.settings(folder),
                JournalKind.INCOMING,
                KEY::clone,
                new SecureRandom(),
                Clock.system(),
                1,
                new LatencyRecorder());
    }

    /** Each try after that said that another rack has the journal, which was this very process, until it was started again. */
    @Test
    void shouldLetGoOfTheJournalWhereWhatWasReceivedCannotBeRead() throws Exception {
        Path seen = Files.createDirectory(folder.resolve("seen"));
        Journal first = journal();
        assertThatThrownBy(() -> wires.arriving(WireRig.SUBJECT, "west+encode+in", false, first, 1))
                .isInstanceOf(JournalException.class)
                .hasMessageContaining(seen + " cannot be opened");
        assertThat(first.takes()).isFalse();
        Files.delete(seen);
        wires.arriving(WireRig.SUBJECT, "west+encode+in", false, journal(), 1).close();
    }
}
