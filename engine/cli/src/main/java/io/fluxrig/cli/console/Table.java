package io.fluxrig.cli.console;

import java.util.ArrayList;
import java.util.List;

/**
 * Rows in columns as wide as their widest cell; the last column is not padded. On a terminal that is too narrow for that a long text in the
 * last column goes on below its beginning, or what has no room stands below its row, with the names of its columns:
 *
 * <pre>
 *   RACK  STANDING  THERE
 *   east  active    yes
 *     HOST h  REASON gear 'host' (io) cannot start
 * </pre>
 */
public final class Table {
    private static final int GAP = 2;
    /** Less of a text beside its columns is hard to read. */
    private static final int TEXT_MIN = 24;

    private static final int GOES_ON = 4;

    private final List<List<String>> rows = new ArrayList<>();

    /** @param head the names of the columns */
    public Table(String... head) {
        rows.add(List.of(head));
    }

    /** Adds a row of as many cells as there are columns. */
    public Table row(String... cells) {
        rows.add(List.of(cells));
        return this;
    }

    /** A line for each row, however long: for pipes and files. */
    @Override
    public String toString() {
        int[] starts = starts();
        StringBuilder out = new StringBuilder();
        rows.forEach(row -> out.append(line(row, starts, row.size())).append('\n'));
        return out.toString();
    }

    /** As {@link #toString()} where this is no terminal; else in lines that it need not break. */
    public String text(Terminal terminal) {
        return terminal.live() ? within(terminal.width()) : toString();
    }

    private String within(int width) {
        int[] starts = starts();
        int columns = rows.get(0).size();
        if (rows.stream().allMatch(row -> line(row, starts, columns).length() <= width)) {
            return toString();
        }
        StringBuilder out = new StringBuilder();
        int last = starts[columns - 1];
        if (width - last >= TEXT_MIN) {
            rows.forEach(row -> wrap(out, line(row, starts, columns), width, last));
            return out.toString();
        }
        int kept = 1;
        while (starts[kept + 1] - GAP <= width) {
            kept++;
        }
        for (List<String> row : rows) {
            wrap(out, line(row, starts, kept), width, GOES_ON);
            if (row != rows.get(0)) {
                below(out, row, kept, width);
            }
        }
        return out.toString();
    }

    /** The cells that have no room beside the others, as many in a line as there is room for. */
    private void below(StringBuilder out, List<String> row, int from, int width) {
        StringBuilder line = new StringBuilder();
        for (int i = from; i < row.size(); i++) {
            String piece = row.get(i).isEmpty() ? "" : (rows.get(0).get(i) + " " + row.get(i)).strip();
            if (line.length() > 0 && line.length() + GAP + piece.length() > width) {
                wrap(out, line.toString(), width, GOES_ON);
                line.setLength(0);
            }
            line.append(piece.isEmpty() ? "" : " ".repeat(GAP) + piece);
        }
        if (line.length() > 0) {
            wrap(out, line.toString(), width, GOES_ON);
        }
    }

    private static void wrap(StringBuilder out, String line, int width, int hanging) {
        Wrapped.lines(line, width, hanging).forEach(each -> out.append(each).append('\n'));
    }

    /** The first cells of a row, each below those above. */
    private static String line(List<String> row, int[] starts, int columns) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < columns; i++) {
            line.append(" ".repeat(starts[i] - line.length())).append(row.get(i));
        }
        return line.toString().stripTrailing();
    }

    /** Where each column begins, and where one behind the last would. */
    private int[] starts() {
        int[] starts = new int[rows.get(0).size() + 1];
        for (int i = 1; i < starts.length; i++) {
            int column = i - 1;
            int widest = rows.stream()
                    .mapToInt(row -> row.get(column).length())
                    .max()
                    .orElse(0);
            starts[i] = starts[column] + widest + GAP;
        }
        return starts;
    }
}
