package io.fluxrig.bench.peer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** Who owns a card number, from the table that the rack reads too: {@code from,to,owner}, digits of any length. */
final class BinTable {
    private static final int PAN_MAX = 19;

    private final TreeMap<String, Range> ranges = new TreeMap<>();

    private record Range(String to, String owner) {}

    static BinTable load(Path file) throws IOException {
        BinTable table = new BinTable();
        for (String line : Files.readAllLines(file)) {
            if (!line.isEmpty() && Character.isDigit(line.charAt(0))) {
                String[] cells = line.split(",", -1);
                String to = cells[1].trim();
                table.ranges.put(cells[0].trim(), new Range(to + "9".repeat(PAN_MAX - to.length()), cells[2].trim()));
            }
        }
        return table;
    }

    /** @return null if nobody owns it */
    String owner(String pan) {
        Map.Entry<String, Range> range = ranges.floorEntry(pan);
        return range != null && pan.compareTo(range.getValue().to()) <= 0
                ? range.getValue().owner()
                : null;
    }
}
