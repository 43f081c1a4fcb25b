package io.fluxrig.cli.screen;

import java.io.PrintStream;
import java.util.List;

/** Draws lines over those drawn before. To be closed, also on an interrupt, so that the cursor comes back. */
public final class LiveBoard implements AutoCloseable {
    private static final String HIDE_CURSOR = "\u001b[?25l";
    private static final String SHOW_CURSOR = "\u001b[?25h";

    private final PrintStream out;
    private int drawn;
    private boolean closed;

    public LiveBoard(PrintStream out) {
        this.out = out;
        out.print(HIDE_CURSOR);
    }

    /** Lines must fit the terminal's width: a wrapped line would stay behind. */
    public synchronized void draw(List<String> lines) {
        if (closed) {
            return;
        }
        StringBuilder frame = new StringBuilder();
        if (drawn > 0) {
            frame.append("\u001b[").append(drawn).append('A');
        }
        for (String line : lines) {
            frame.append('\r').append(line).append("\u001b[K\n");
        }
        frame.append("\u001b[J");
        out.print(frame);
        out.flush();
        drawn = lines.size();
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
