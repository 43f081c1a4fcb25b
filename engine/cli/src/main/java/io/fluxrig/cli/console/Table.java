package io.fluxrig.cli.console;

import java.util.ArrayList;
import java.util.List;

/** Rows in columns as wide as their widest cell; the last column is not padded. */
public final class Table {
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

    @Override
    public String toString() {
        int columns = rows.get(0).size();
        int[] widths = new int[columns];
        for (List<String> row : rows) {
            for (int i = 0; i < columns; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        }
        StringBuilder out = new StringBuilder();
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < columns; i++) {
                line.append(row.get(i)).append(" ".repeat(widths[i] - row.get(i).length() + 2));
            }
            out.append(line.toString().stripTrailing()).append('\n');
        }
        return out.toString();
    }
}
