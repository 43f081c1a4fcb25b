package io.fluxrig.transport.journal.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderLockTest {
    private static final Path LOCKS = Path.of("/proc/locks");

    @TempDir
    private Path folder;

    /** Whether the system has a lock of this process on the folder. */
    private boolean locked() throws IOException {
        String inode = ":" + Files.getAttribute(folder.resolve("lock"), "unix:ino") + " ";
        String process = " " + ProcessHandle.current().pid() + " ";
        return Files.readAllLines(LOCKS).stream().anyMatch(line -> line.contains(inode) && line.contains(process));
    }

    private void shouldBeInUseHere(Path name) throws IOException {
        assertThatThrownBy(() -> FolderLock.take(name))
                .isInstanceOf(JournalException.class)
                .hasMessageContaining("in use by this very process");
        assertThat(locked()).isTrue();
    }

    /** Another rack could take the folder then: the system lets go of a lock once any descriptor of its file is closed. */
    @Test
    void shouldKeepTheFolderWhenThisProcessTriesToTakeItAgain() throws Exception {
        assumeTrue(Files.isReadable(LOCKS), "no list of locks");
        FolderLock first = FolderLock.take(folder);
        assumeTrue(locked(), "locks are not listed");
        Path otherName = Files.createSymbolicLink(folder.resolveSibling(folder.getFileName() + "-link"), folder);
        for (Path name : new Path[] {folder, folder.resolve("."), otherName}) {
            shouldBeInUseHere(name);
        }
        Files.delete(otherName);
        first.close();
        assertThat(locked()).isFalse();
        FolderLock second = FolderLock.take(folder);
        first.close();
        shouldBeInUseHere(folder);
        second.close();
        assertThat(locked()).isFalse();
        FolderLock.take(folder).close();
    }
}
