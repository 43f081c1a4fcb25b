package io.fluxrig.cli.spec;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** Lines of a bounded length out of a stream that may have any; empty ones are passed over. Single threaded. */
final class InputLines {
    /** Begins a file, and what was a file before it was put behind another. */
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private final InputStream in;
    private final int lengthMax;
    private int number;

    /** @param lengthMax the longest line, in bytes; what is behind that is skipped, and the line said to be cut */
    InputLines(InputStream in, int lengthMax) {
        this.in = new BufferedInputStream(in);
        this.lengthMax = lengthMax;
    }

    /** The lines of a text that is there already. */
    static InputLines of(String text, int lengthMax) {
        return new InputLines(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), lengthMax);
    }

    /**
     * One line.
     *
     * @param number from 1
     * @param cut whether it was longer than may be
     */
    record Line(int number, String text, boolean cut) {}

    /** The next line that holds something, or null at the end. */
    Line next() throws IOException {
        for (Line line = one(); line != null; line = one()) {
            if (!line.text().isBlank()) {
                return line;
            }
        }
        return null;
    }

    private Line one() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        boolean cut = false;
        int b = in.read();
        if (b < 0) {
            return null;
        }
        while (b >= 0 && b != '\n') {
            if (line.size() < lengthMax) {
                line.write(b);
            } else {
                cut = true;
            }
            b = in.read();
        }
        String text = line.toString(StandardCharsets.UTF_8);
        return new Line(++number, text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text, cut);
    }
}
