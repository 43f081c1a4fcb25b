package io.fluxrig.engine.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FileReasonTest {
    @TempDir
    private Path folder;

    @Test
    void shouldSayInWordsWhatJavaSaysByTheTypeOfItsException() {
        assertThat(FileReason.of(new AccessDeniedException("/x/rack.log"))).isEqualTo("permission denied: /x/rack.log");
        assertThat(FileReason.of(new NoSuchFileException("/x"))).isEqualTo("no such file or folder: /x");
        assertThat(FileReason.of(new FileAlreadyExistsException("/x"))).startsWith("a file is in the way");
        assertThat(FileReason.of(new IOException("No space left on device"))).isEqualTo("No space left on device");
        assertThat(FileReason.readFix(new AccessDeniedException("/x"))).contains("chmod u+r");
    }

    @Test
    void shouldSayWhatToDoAboutAFullDiskAndNothingAboutOtherFaults() {
        assertThat(FileReason.spaceFix(new IOException("No space left on device"), Path.of("/data")))
                .isEqualTo("; the disk is full: df -h /data and free space there");
        assertThat(FileReason.spaceFix(new AccessDeniedException("/data/x"), Path.of("/data")))
                .isEmpty();
    }

    @Test
    void shouldTellAFileThatIsThereFromOneThatIsNot() throws IOException {
        Path file = Files.createFile(folder.resolve("a.yaml"));

        assertThat(FileReason.unreadable(file)).isNull();
        assertThat(FileReason.unreadable(folder)).endsWith("is a folder");
        assertThat(FileReason.unreadable(folder.resolve("none"))).startsWith("no such file");
        assertThat(FileReason.unreadableNote(folder.resolve("none"))).isEmpty();
        assertThat(FileReason.unreadableFix(folder.resolve("none"))).contains("relative to the scenario's folder");
        assertThat(FileReason.unreadableNote(folder)).contains("is a folder");
    }

    @Test
    void shouldFindOutWhetherAFolderCouldBeWrittenWithoutMakingIt() throws IOException {
        Path file = Files.createFile(folder.resolve("taken"));

        assertThat(FileReason.unwritable(folder.resolve("a/b"))).isNull();
        assertThat(FileReason.unwritable(file.resolve("a/b")))
                .isEqualTo("a file is in the way where a folder should be: " + file);
        assertThat(folder.resolve("a")).doesNotExist();
    }

    @Test
    void shouldTellWhatLastsFromWhatMayHavePassed() throws IOException {
        Path file = Files.createFile(folder.resolve("taken"));

        assertThat(FileReason.lasts(new AccessDeniedException("/x"))).isTrue();
        assertThat(FileReason.lasts(new FileSystemException(folder.toString(), null, "Is a directory")))
                .isTrue();
        assertThat(FileReason.lasts(new FileSystemException(file + "/a", null, "Not a directory")))
                .isTrue();
        assertThat(FileReason.lasts(new FileSystemException(folder + "/a", null, "Stale file handle")))
                .isFalse();
        assertThat(FileReason.lasts(new IOException("No locks available"))).isFalse();
    }

    @Test
    void shouldSayWhyNoFileCanBeCalledThat() {
        assertThat(FileReason.noPath("a b")).isNull();
        assertThat(FileReason.noPath("a\0b")).isEqualTo("nul character not allowed");
    }
}
