package io.fluxrig.bench.reload;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EditsTest {
    @TempDir
    Path folder;

    @Test
    void shouldChangeSomethingEachTimeAndTakeItBack() throws Exception {
        Edits edits = new Edits(folder, Path.of("../config/scenarios"));
        String before = Files.readString(edits.scenario());
        String table = Files.readString(folder.resolve("bins.csv"));
        for (Edits.Kind kind : Edits.Kind.values()) {
            edits.change(kind);
            String now = Files.readString(edits.scenario()) + Files.readString(folder.resolve("bins.csv"));
            assertThat(now).as(kind.word()).isNotEqualTo(before + table);
        }
        for (Edits.Kind kind : Edits.Kind.values()) {
            edits.change(kind);
        }
        assertThat(edits.scenario()).hasContent(before);
    }
}
