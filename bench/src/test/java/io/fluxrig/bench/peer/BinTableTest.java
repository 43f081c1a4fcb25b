package io.fluxrig.bench.peer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BinTableTest {
    @TempDir
    Path folder;

    @Test
    void shouldFindTheOwnerFromTheFirstToTheLastNumberOfARange() throws IOException {
        BinTable table = table("# ranges\nfrom,to,owner\n222100,272099,scheme-b\n400000,499999,scheme-a\n");

        assertThat(table.owner("2221000000000000")).isEqualTo("scheme-b");
        assertThat(table.owner("2720999999999999")).isEqualTo("scheme-b");
        assertThat(table.owner("4999999999999999999")).isEqualTo("scheme-a");
    }

    @Test
    void shouldKnowNobodyBetweenBeforeAndAfterRanges() throws IOException {
        BinTable table = table("from,to,owner\n222100,272099,scheme-b\n400000,499999,scheme-a\n");

        assertThat(table.owner("2220999999999999")).isNull();
        assertThat(table.owner("2721000000000000")).isNull();
        assertThat(table.owner("5000000000000000")).isNull();
    }

    private BinTable table(String text) throws IOException {
        return BinTable.load(Files.writeString(folder.resolve("table.csv"), text));
    }
}
