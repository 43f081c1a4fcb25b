package io.fluxrig.transport.journal.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyFileTest {
    @TempDir
    private Path folder;

    private KeyFile keyFile() {
        return new KeyFile(folder.resolve("keys/journal.key"), new SecureRandom());
    }

    @Test
    void shouldMakeAKeyThatOnlyItsOwnerMayUse() throws Exception {
        byte[] key = keyFile().key();
        assertThat(key).hasSize(32).isNotEqualTo(new byte[32]);
        Path file = folder.resolve("keys/journal.key");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(file).hasBinaryContent(key);
        assertThat(file.getParent().toFile().list()).containsExactly("journal.key");
    }

    @Test
    void shouldKeepTheKeyThatIsThere() throws Exception {
        assertThat(keyFile().key()).isEqualTo(keyFile().key());
    }

    @Test
    void shouldRefuseAKeyThatOthersMayRead() throws Exception {
        keyFile().key();
        Path file = folder.resolve("keys/journal.key");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
        assertThatThrownBy(() -> keyFile().key())
                .isInstanceOf(JournalException.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining("rw-r-----")
                .hasMessageContaining("chmod 600");
    }

    @Test
    void shouldRefuseAKeyOfTheWrongLength() throws Exception {
        keyFile().key();
        Path file = folder.resolve("keys/journal.key");
        Files.write(file, new byte[31]);
        assertThatThrownBy(() -> keyFile().key()).hasMessageContaining("length=31 bytes, must be 32");
    }
}
