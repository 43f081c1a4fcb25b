package io.fluxrig.mixer.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileKeeperTest {
    @TempDir
    private Path folder;

    private Path file;
    private FileKeeper keeper;
    private final byte[] key = new byte[32];

    private static KeyKeeper.Context context(int id) {
        return new KeyKeeper.Context("data key " + id, "");
    }

    @BeforeEach
    void make() {
        file = folder.resolve("secret.key");
        keeper = new FileKeeper(file, new SecureRandom());
        new SecureRandom().nextBytes(key);
    }

    @Test
    void shouldMakeAFileForItsUserOnlyWhenSomethingIsToBeWrapped() throws Exception {
        byte[] wrapped = keeper.wrap(key, context(1)).bytes();

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(Files.readString(file)).matches("[0-9a-f]{64}\n");
        assertThat(keeper.unwrap(wrapped, context(1))).isEqualTo(key);
    }

    @Test
    void shouldWrapWithTheLastKeyAndUnwrapWithAll() throws Exception {
        KeyKeeper.Wrapped first = keeper.wrap(key, context(1));
        Files.writeString(file, "ab".repeat(32) + "\n", StandardOpenOption.APPEND);
        KeyKeeper.Wrapped second = keeper.wrap(key, context(1));

        assertThat(second.under()).isNotEqualTo(first.under());
        assertThat(keeper.unwrap(first.bytes(), context(1))).isEqualTo(key);

        Files.writeString(file, "ab".repeat(32) + "\n");
        assertThat(keeper.unwrap(second.bytes(), context(1))).isEqualTo(key);
        assertThatThrownBy(() -> keeper.unwrap(first.bytes(), context(1)))
                .isInstanceOf(KeeperException.class)
                .hasMessageContaining(file + " does not hold the key")
                .hasMessageContaining("copy it from the mixer that made it");
    }

    @Test
    void shouldMakeNoFileToUnwrap() throws Exception {
        byte[] wrapped = keeper.wrap(key, context(1)).bytes();
        Files.delete(file);

        assertThatThrownBy(() -> keeper.unwrap(wrapped, context(1))).hasMessageContaining("bring it back");
        assertThat(file).doesNotExist();
    }

    @Test
    void shouldNotUnwrapOneDataKeyAsAnother() throws Exception {
        byte[] wrapped = keeper.wrap(key, context(1)).bytes();

        assertThatThrownBy(() -> keeper.unwrap(wrapped, context(2)))
                .isInstanceOf(KeeperException.class)
                .hasMessageContaining("data key 2 was changed");
    }

    @Test
    void shouldRefuseAFileThatOthersMayRead() throws Exception {
        keeper.wrap(key, context(1));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));

        assertThatThrownBy(() -> keeper.wrap(key, context(2))).hasMessageContaining("chmod 600 " + file);
    }

    @Test
    void shouldNameTheLineThatIsNoKeyAndNotQuoteIt() throws Exception {
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(file, "ab".repeat(32) + "\n" + "cd".repeat(31) + "\n");

        assertThatThrownBy(() -> keeper.wrap(key, context(1)))
                .hasMessageContaining(file + " line 2 is no key")
                .hasMessageNotContaining("cdcd");
    }
}
