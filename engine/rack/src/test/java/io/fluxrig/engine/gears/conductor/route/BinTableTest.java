package io.fluxrig.engine.gears.conductor.route;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.fluxrig.engine.gears.conductor.route.BinTableFile.Load;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class BinTableTest {

    @Test
    void shouldFindTheRangeThatHoldsTheNumber() {
        BinTable table = table("400000,419999,scheme-a", "42,scheme-a", "510000,559999,scheme-b");

        assertThat(find(table, "4000000000000000")).isEqualTo("scheme-a");
        assertThat(find(table, "4199999999999999999")).isEqualTo("scheme-a");
        assertThat(find(table, "4200000000000")).isEqualTo("scheme-a");
        assertThat(find(table, "5599999999999999")).isEqualTo("scheme-b");
        assertThat(find(table, "5600000000000000")).isNull();
        assertThat(find(table, "3999999999999999999")).isNull();
        assertThat(find(table, "4300000000000000")).isNull();
    }

    @Test
    void shouldCompareNineteenDigitsUnsigned() {
        BinTable table = table("9300000000000000000,9999999999999999999,x");

        assertThat(find(table, "9299999999999999999")).isNull();
        assertThat(find(table, "9300000000000000000")).isEqualTo("x");
        assertThat(find(table, "9999999999999999999")).isEqualTo("x");
    }

    @Test
    void shouldTakeTheNumberInFrontOfTrackData() {
        BinTable table = table("411111,scheme-a");

        assertThat(find(table, "4111111111111111=29121011000012300000")).isEqualTo("scheme-a");
        assertThat(find(table, "4111111111111111D29121011000012300000")).isEqualTo("scheme-a");
    }

    @Test
    void shouldNotFindShortNumbers() {
        BinTable table = table("4,scheme-a");

        assertThat(find(table, "4111111")).isNull();
        assertThat(find(table, "41111111")).isEqualTo("scheme-a");
        assertThat(find(table, "")).isNull();
    }

    @Test
    void shouldAgreeWithALinearSearchInALargeTable() {
        Random random = new Random(11);
        StringBuilder text = new StringBuilder();
        long[][] ranges = new long[5000][];
        long from = 10_000_000;
        for (int i = 0; i < ranges.length; i++) {
            from += 1 + random.nextInt(15_000);
            long to = from + random.nextInt(3_000);
            ranges[i] = new long[] {from, to};
            text.append(from).append(',').append(to).append(",v").append(i % 7).append('\n');
            from = to;
        }
        BinTable table = table(text.toString());
        assertThat(table.size()).isEqualTo(ranges.length);
        for (int i = 0; i < 200_000; i++) {
            long lead = 10_000_000L + random.nextInt(85_000_000);
            String expected = null;
            int low = 0;
            int high = ranges.length - 1;
            while (low <= high && expected == null) {
                int middle = (low + high) / 2;
                if (ranges[middle][1] < lead) {
                    low = middle + 1;
                } else if (ranges[middle][0] > lead) {
                    high = middle - 1;
                } else {
                    expected = "v" + middle % 7;
                }
            }
            assertThat(find(table, lead + "12345678")).isEqualTo(expected);
        }
    }

    @Test
    void shouldReportEveryFaultWithItsLine() {
        Load load = load(
                "# ranges",
                "from,to,value",
                "400000,419999,a",
                "41,b",
                "x1,2,c",
                "5,4,d",
                "6",
                "7,",
                "123456789012345678901,z");

        assertThat(load.table()).isNull();
        assertThat(load.faults())
                .extracting(TableFault::where)
                .containsExactly("bins.csv:5", "bins.csv:6", "bins.csv:7", "bins.csv:8", "bins.csv:9", "bins.csv:4");
        assertThat(load.faults().get(5).what()).isEqualTo("overlaps the range of line 3");
    }

    @Test
    void shouldFindAnOverlapAcrossTheRangesBetween() {
        assertThat(load("100000,199999,a", "110000,110001,b", "150000,160000,c").faults())
                .extracting(TableFault::where, TableFault::what)
                .containsExactly(
                        tuple("bins.csv:2", "overlaps the range of line 1"),
                        tuple("bins.csv:3", "overlaps the range of line 1"));
    }

    @Test
    void shouldRejectAnEmptyTable() {
        assertThat(load("# nothing").faults()).hasSize(1);
    }

    @Test
    void shouldBoundTheFaultsReported() {
        String[] lines = new String[60];
        java.util.Arrays.fill(lines, "?,?");

        assertThat(load(lines).faults()).hasSize(BinTableFile.FAULTS_MAX + 1);
    }

    @Test
    void shouldReadAFileAndReportOneThatIsNotThere(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("bins.csv"), "4,scheme-a\n");

        assertThat(BinTableFile.load(file).table().size()).isEqualTo(1);
        assertThat(BinTableFile.load(folder.resolve("none.csv")).faults()).hasSize(1);
        Files.write(file, new byte[] {'4', ',', (byte) 0xFF, '\n'});
        assertThat(BinTableFile.load(file).faults())
                .extracting(TableFault::what)
                .containsExactly("not a UTF-8 text file");
    }

    static BinTable table(String... lines) {
        Load load = load(lines);
        assertThat(load.faults()).isEmpty();
        return load.table();
    }

    private static Load load(String... lines) {
        try {
            return BinTableFile.load("bins.csv", new BufferedReader(new StringReader(String.join("\n", lines))));
        } catch (IOException unexpected) {
            throw new AssertionError(unexpected);
        }
    }

    private static String find(BinTable table, String number) {
        byte[] bytes = ("??" + number + "??").getBytes(US_ASCII);
        int found = table.find(bytes, 2, number.length());
        return found == BinTable.NONE ? null : table.values().get(found);
    }
}
