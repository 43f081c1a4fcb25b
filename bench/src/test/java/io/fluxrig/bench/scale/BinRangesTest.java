package io.fluxrig.bench.scale;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BinRangesTest {
    @TempDir
    private Path folder;

    @Test
    void shouldCutTheSameCardsIntoRangesWithoutGaps() throws IOException {
        assertThat(write(3))
                .containsExactly(
                        "from,to,owner",
                        "400000000,449999999,scheme-a",
                        "450000000,499999999,scheme-a-too",
                        "500000000,599999999,scheme-b",
                        "620000000,629999999,silent");
    }

    @Test
    void shouldWriteAsManyAsAreAskedFor() throws IOException {
        List<String> lines = write(1_000);
        assertThat(lines).hasSize(1_002);
        assertThat(lines.get(1)).isEqualTo("400000000,400199999,scheme-a");
        assertThat(lines.get(500)).isEqualTo("499800000,499999999,scheme-a-too");
    }

    @Test
    void shouldRefuseMoreThanNineDigitsTellApart() {
        assertThatThrownBy(() -> write(2_000_001)).hasMessageContaining("ranges=2000001 min=2 max=2000000");
    }

    private List<String> write(int ranges) throws IOException {
        Path file = folder.resolve("ranges.csv");
        BinRanges.write(file, ranges);
        return Files.readAllLines(file);
    }
}
