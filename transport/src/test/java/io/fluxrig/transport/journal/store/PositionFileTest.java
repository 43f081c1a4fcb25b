package io.fluxrig.transport.journal.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.fluxrig.transport.journal.JournalRig;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.security.SecureRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PositionFileTest {
    private final Seal seal = new Seal(JournalRig.key(1), new byte[] {1}, new SecureRandom());

    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void writeTwice() throws Exception {
        file = folder.resolve("position");
        try (PositionFile position = PositionFile.open(file, seal)) {
            assertThat(position.known()).isFalse();
            position.save(10, 20);
            position.block(77, 15, JournalRig.key(3));
            position.save(15, 30);
        }
    }

    private void write(long at, int value) throws Exception {
        try (RandomAccessFile access = new RandomAccessFile(file.toFile(), "rw")) {
            access.seek(at);
            access.write(value);
        }
    }

    @Test
    void shouldReadTheLastPosition() throws Exception {
        try (PositionFile position = PositionFile.open(file, seal)) {
            assertThat(position.acknowledged()).isEqualTo(15);
            assertThat(position.appended()).isEqualTo(30);
            assertThat(position.blockIndex()).isEqualTo(77);
            assertThat(position.blockSequence()).isEqualTo(15);
        }
    }

    @Test
    void shouldFallBackToTheOneBeforeIfAWriteWasCutShort() throws Exception {
        // the second write went to the first slot
        write(40, 0x55);
        try (PositionFile position = PositionFile.open(file, seal)) {
            assertThat(position.acknowledged()).isEqualTo(10);
        }
    }

    @Test
    void shouldNotBelieveAPositionThatSomebodyMoved() throws Exception {
        write(15, 99);
        write(128 + 15, 99);
        try (PositionFile position = PositionFile.open(file, seal)) {
            assertThat(position.known()).isFalse();
        }
    }
}
