package io.fluxrig.engine.passport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OwnFileTest {
    @TempDir
    private Path folder;

    @Test
    void shouldTakeBackWhatAKubeletGaveToTheGroup() throws Exception {
        Path file = folder.resolve("node.key");
        OwnFile.write(file, new byte[] {7});
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw----"));

        assertThat(OwnFile.read(file)).containsExactly(7);

        assertThat(mode(file)).isEqualTo("rw-------");
    }

    @Test
    void shouldLeaveAPublicFileReadable() throws Exception {
        Path file = folder.resolve("ca.crt");
        OwnFile.write(file, new byte[] {7});
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-r--"));

        assertThat(OwnFile.readPublic(file)).containsExactly(7);

        assertThat(mode(file)).isEqualTo("rw-r--r--");
    }

    @Test
    void shouldRefuseWhatAnybodyMayReadAndSayThatAKeyIsToBeKept() throws Exception {
        Path file = folder.resolve("keys.cbor");
        OwnFile.write(file, new byte[] {7});
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-r--"));

        assertThatThrownBy(() -> OwnFile.read(file))
                .isInstanceOf(PassportException.class)
                .hasMessageContaining("chmod 600 " + file)
                .hasMessageContaining("keep it");
        assertThat(mode(file)).isEqualTo("rw-rw-r--");
    }

    @Test
    void shouldRemoveDraftsThatAKillLeft() throws Exception {
        Path deep = Files.createDirectories(folder.resolve("authority/more"));
        List<Path> drafts = List.of(
                Files.createFile(folder.resolve("draft1234567890.new")),
                Files.createFile(folder.resolve("authority/draft1.new")));
        List<Path> others = List.of(
                Files.createFile(folder.resolve("draft.new")),
                Files.createFile(folder.resolve("draft1.news")),
                Files.createFile(folder.resolve("mydraft1.new")),
                Files.createFile(deep.resolve("draft1.new")),
                Files.createDirectory(folder.resolve("draft2.new")));

        OwnFile.removeDrafts(folder);

        assertThat(drafts).noneMatch(Files::exists);
        assertThat(others).allMatch(Files::exists);
    }

    private static String mode(Path file) throws Exception {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }
}
