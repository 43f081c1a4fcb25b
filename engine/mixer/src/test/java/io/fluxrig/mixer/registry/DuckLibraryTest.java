package io.fluxrig.mixer.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DuckLibraryTest {
    private static final String MAPPED = "7f00-7f01 r-xp 00000000 fe:00 17   ";

    @TempDir
    private Path folder;

    @Test
    void shouldRemoveTheCopyThatWasLoadedAndNothingElse() throws Exception {
        Path copy = Files.createFile(folder.resolve("libduckdb_java4711.so"));
        Path another = Files.createFile(folder.resolve("libduckdb_java4712.so"));
        Path packaged = Files.createFile(folder.resolve("libduckdb_java.so_linux_amd64"));
        Path deeper =
                Files.createFile(Files.createDirectory(folder.resolve("lib")).resolve("libduckdb_java4711.so"));
        Path maps = Files.write(
                folder.resolve("maps"),
                List.of(MAPPED + copy, MAPPED + copy, MAPPED + packaged, MAPPED + deeper, MAPPED, MAPPED + "[heap]"));

        DuckLibrary.removeCopy(maps, folder);

        assertThat(copy).doesNotExist();
        assertThat(another).exists();
        assertThat(packaged).exists();
        assertThat(deeper).exists();
    }

    @Test
    void shouldLeaveNoCopyBehindEvenIfItIsKilled() throws Exception {
        Path maps = Path.of("/proc/self/maps");
        Assumptions.assumeTrue(Files.isReadable(maps), "needs Linux");

        DuckStore.open(folder.resolve("registry.duckdb")).close();

        assertThat(Files.readAllLines(maps).stream().filter(line -> line.contains("/libduckdb_java")))
                .isNotEmpty()
                .allMatch(line -> line.endsWith(" (deleted)"));
    }

    @Test
    void shouldDoNothingWhereTheSystemDoesNotTell() throws Exception {
        Path copy = Files.createFile(folder.resolve("libduckdb_java4711.so"));

        DuckLibrary.removeCopy(folder.resolve("nothing"), folder);

        assertThat(copy).exists();
    }
}
