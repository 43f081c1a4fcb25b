package io.fluxrig.transport.journal.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
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
    void shouldTakeBackWhatAKubeletGaveToTheGroup() throws Exception {
        byte[] key = keyFile().key();
        Path file = folder.resolve("keys/journal.key");
        for (String mode : new String[] {"rw-rw----", "rw-r-----", "rw-rwx---"}) {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));

            assertThat(keyFile().key()).isEqualTo(key);

            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("rw-------");
        }
    }

    @Test
    void shouldRefuseAKeyOfAnotherUserThatItsGroupMayRead() throws Exception {
        keyFile().key();
        Path file = folder.resolve("keys/journal.key");
        Assumptions.assumeTrue(given(file, 64_100), "only root can give a file away");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw----"));

        assertThatThrownBy(() -> keyFile().key())
                .isInstanceOf(JournalException.class)
                .hasMessageContaining("(rw-rw----), or is another user's");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-rw----");
    }

    private static boolean given(Path file, int uid) throws IOException {
        try {
            Files.setAttribute(file, "unix:uid", uid);
            return true;
        } catch (FileSystemException notRoot) {
            return false;
        }
    }

    @Test
    void shouldRefuseAKeyThatOthersMayRead() throws Exception {
        keyFile().key();
        Path file = folder.resolve("keys/journal.key");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-r--"));
        assertThatThrownBy(() -> keyFile().key())
                .isInstanceOf(JournalException.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining("rw-rw-r--")
                .hasMessageContaining("chmod 600")
                .hasMessageContaining("a new key cannot read what lies in the journals");
    }

    @Test
    void shouldRemoveOldDraftsOfItsOwnAndNothingElse() throws Exception {
        Path keys = Files.createDirectories(folder.resolve("keys"));
        Path left = Files.write(keys.resolve("journal.key123456.new"), new byte[32]);
        Path beingMade = Files.write(keys.resolve("journal.key7.new"), new byte[32]);
        List<Path> others = List.of(
                Files.write(keys.resolve("other.key123456.new"), new byte[32]),
                Files.write(keys.resolve("journal.key.new"), new byte[32]),
                Files.write(keys.resolve("journalxkey1.new"), new byte[32]));
        FileTime old = FileTime.from(Instant.now().minusSeconds(120));
        Files.setLastModifiedTime(left, old);
        for (Path other : others) {
            Files.setLastModifiedTime(other, old);
        }

        keyFile().key();

        assertThat(left).doesNotExist();
        assertThat(beingMade).exists();
        assertThat(others).allMatch(Files::exists);
    }

    @Test
    void shouldRefuseAKeyOfTheWrongLength() throws Exception {
        keyFile().key();
        Path file = folder.resolve("keys/journal.key");
        Files.write(file, new byte[31]);
        assertThatThrownBy(() -> keyFile().key()).hasMessageContaining("length=31 bytes, must be 32");
    }
}
