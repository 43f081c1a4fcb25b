package io.fluxrig.engine.gears.conductor.route;

import io.fluxrig.engine.fault.FileReason;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads a table of BIN ranges: one range a line, {@code from,to,value} or {@code prefix,value}.
 *
 * <pre>
 *   # from, to, value        both ends belong to the range; an end is padded to 19 digits (from with 0, to with 9)
 *   400000,419999,scheme-a
 *   42,scheme-a              every number that begins with 42
 *   510000,559999,scheme-b
 * </pre>
 *
 * Empty lines and lines that begin with {@code #} are skipped, and a first line of column names. All faults are found at
 * once, each with its line; ranges must not overlap. Used while a scenario is checked and started; never on a strip's
 * path.
 */
public final class BinTableFile {
    /** Ranges in one table at most. */
    public static final int RANGES_MAX = 10_000_000;
    /** Faults reported from one file at most; the rest are only counted. */
    public static final int FAULTS_MAX = 50;

    private static final String SHAPE = "write from,to,value or prefix,value, such as 400000,419999,scheme-a";

    private final String name;
    private final List<Row> rows = new ArrayList<>();
    private final Map<String, Integer> valueIndexes = new HashMap<>();
    private final List<String> values = new ArrayList<>();
    private final List<TableFault> faults = new ArrayList<>();
    private int unreported;

    private record Row(long low, long high, int value, int line) {}

    /**
     * What came of reading.
     *
     * @param table null if there were faults
     */
    public record Load(BinTable table, List<TableFault> faults) {}

    private BinTableFile(String name) {
        this.name = name;
    }

    /** Reads a file; one that cannot be read is a fault like any other. */
    public static Load load(Path file) {
        BinTableFile reading = new BinTableFile(file.toString());
        try (BufferedReader lines = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            reading.read(lines);
        } catch (MalformedInputException notText) {
            reading.fault(0, "not a UTF-8 text file", SHAPE);
        } catch (IOException unreadable) {
            reading.fault(0, "cannot be read: " + FileReason.of(unreadable), FileReason.readFix(unreadable));
        }
        return reading.finish();
    }

    /** Reads the same from text already at hand; {@code name} stands for the file in faults. */
    public static Load load(String name, BufferedReader lines) throws IOException {
        BinTableFile reading = new BinTableFile(name);
        reading.read(lines);
        return reading.finish();
    }

    private void read(BufferedReader lines) throws IOException {
        int line = 0;
        boolean first = true;
        for (String text = lines.readLine(); text != null; text = lines.readLine()) {
            line++;
            String trimmed = text.trim();
            if (trimmed.isEmpty() || trimmed.charAt(0) == '#') {
                continue;
            }
            String[] columns = trimmed.split(",", -1);
            if (first && isHeading(columns)) {
                first = false;
                continue;
            }
            first = false;
            row(columns, line);
        }
    }

    private static boolean isHeading(String[] columns) {
        String word = columns[0].trim();
        return !word.isEmpty() && word.chars().allMatch(c -> Character.isLetter(c) || c == '_' || c == ' ');
    }

    private void row(String[] columns, int line) {
        if (columns.length != 2 && columns.length != 3) {
            fault(line, "columns=" + columns.length + " expected=2 or 3", SHAPE);
            return;
        }
        String from = columns[0].trim();
        String to = columns[columns.length - 2].trim();
        String value = columns[columns.length - 1].trim();
        if (!isDigits(from) || !isDigits(to)) {
            fault(line, "an end of the range is not 1 to " + BinTable.DIGITS + " digits", SHAPE);
            return;
        }
        if (value.isEmpty()) {
            fault(line, "the value is empty", SHAPE);
            return;
        }
        long low = BinTable.low(from);
        long high = BinTable.high(to);
        if (Long.compareUnsigned(low, high) > 0) {
            fault(line, "the range ends before it begins", "swap from and to");
            return;
        }
        if (rows.size() == RANGES_MAX) {
            fault(line, "more than " + RANGES_MAX + " ranges", "join neighbouring ranges of the same value");
            return;
        }
        rows.add(new Row(low, high, valueIndex(value), line));
    }

    private int valueIndex(String value) {
        Integer known = valueIndexes.putIfAbsent(value, values.size());
        if (known != null) {
            return known;
        }
        values.add(value);
        return values.size() - 1;
    }

    private Load finish() {
        rows.sort(Comparator.comparingLong(row -> row.low() ^ Long.MIN_VALUE));
        Row reaching = null; // of the rows so far the one that ends last: a later one may lie in it across others
        for (Row row : rows) {
            if (reaching != null && Long.compareUnsigned(row.low(), reaching.high()) <= 0) {
                int later = Math.max(row.line(), reaching.line());
                int earlier = Math.min(row.line(), reaching.line());
                fault(later, "overlaps the range of line " + earlier, "let each number belong to one range");
            }
            if (reaching == null || Long.compareUnsigned(row.high(), reaching.high()) > 0) {
                reaching = row;
            }
        }
        if (rows.isEmpty() && faults.isEmpty()) {
            fault(0, "holds no range", SHAPE);
        }
        if (unreported > 0) {
            faults.add(new TableFault(name, unreported + " more faults", "mend the ones above first"));
        }
        return new Load(faults.isEmpty() ? table() : null, List.copyOf(faults));
    }

    private BinTable table() {
        int count = rows.size();
        long[] lows = new long[count];
        long[] highs = new long[count];
        int[] indexes = new int[count];
        for (int i = 0; i < count; i++) {
            lows[i] = rows.get(i).low();
            highs[i] = rows.get(i).high();
            indexes[i] = rows.get(i).value();
        }
        return new BinTable(lows, highs, indexes, values);
    }

    private void fault(int line, String what, String fix) {
        if (faults.size() == FAULTS_MAX) {
            unreported++;
        } else {
            faults.add(new TableFault(line == 0 ? name : name + ":" + line, what, fix));
        }
    }

    private static boolean isDigits(String text) {
        return !text.isEmpty()
                && text.length() <= BinTable.DIGITS
                && text.chars().allMatch(c -> c >= '0' && c <= '9');
    }
}
