package io.fluxrig.cli.screen;

import java.io.PrintStream;
import java.util.List;

/** Draws lines over those drawn before. To be closed, also on an interrupt, so that the cursor comes back. */
public final class LiveBoard implements AutoCloseable {
    private static final String HIDE_CURSOR = "\u001b[?25l";
    private static final String SHOW_CURSOR = "\u001b[?25h";

    private final PrintStream out;
    private List<String> drawn = List.of();
    private boolean closed;

    public LiveBoard(PrintStream out) {
        this.out = out;
        out.print(HIDE_CURSOR);
    }

    /**
     * Draws these lines in the place of those before. Lines that fitted a wider terminal have been wrapped by one that has become
     * narrower, and are gone up over row by row.
     *
     * @param columns the terminal's width now; no line is longer
     */
    public synchronized void draw(List<String> lines, int columns) {
        if (closed) {
            return;
        }
        StringBuilder frame = new StringBuilder();
        if (!drawn.isEmpty()) {
            int rows = drawn.stream().mapToInt(line -> rows(line, columns)).sum();
            frame.append("\u001b[").append(rows).append('A');
        }
        for (String line : lines) {
            frame.append('\r').append(line).append("\u001b[K\n");
        }
        frame.append("\u001b[J");
        out.print(frame);
        out.flush();
        drawn = List.copyOf(lines);
    }

    private static int rows(String line, int columns) {
        return Math.max(1, (Columns.width(line) + columns - 1) / columns);
    }

    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            out.print(SHOW_CURSOR);
            out.flush();
        }
    }
}
