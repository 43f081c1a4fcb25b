package io.fluxrig.cli.screen;

import java.util.ArrayList;
import java.util.List;

/** Text of a given width, counted without its colours. Static and stateless. */
final class Columns {
    private static final String INDENT = "  ";
    private static final int GAP = 3;

    private Columns() {}

    /** How wide a text is on a terminal. */
    static int width(String text) {
        return plain(text).length();
    }

    /** Without colours. */
    static String plain(String text) {
        return text.replaceAll("\u001b\\[[0-9;]*m", "");
    }

    /** A text without colours, no wider than that: what is cut off is an ellipsis. */
    static String cut(String text, int width) {
        return text.length() <= width ? text : text.substring(0, Math.max(0, width - 1)) + "…";
    }

    /** A text without colours with spaces behind it. */
    static String fill(String text, int width) {
        return text + " ".repeat(Math.max(0, width - text.length()));
    }

    /** A text without colours with spaces ahead of it. */
    static String pad(String text, int width) {
        return " ".repeat(Math.max(0, width - text.length())) + text;
    }

    /**
     * Puts pieces side by side, as many in a line as fit.
     *
     * @param pieces may have colours
     * @param widths of each at least
     * @param width of a line, unless a piece is wider by itself
     */
    static List<String> flow(List<String> pieces, List<Integer> widths, int width) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder(INDENT);
        int used = INDENT.length();
        for (int i = 0; i < pieces.size(); i++) {
            String piece = pieces.get(i);
            int length = Math.max(width(piece), widths.get(i));
            if (used > INDENT.length() && used + length > width) {
                lines.add(line.toString().stripTrailing());
                line.setLength(INDENT.length());
                used = INDENT.length();
            }
            line.append(piece).append(" ".repeat(length - width(piece) + GAP));
            used += length + GAP;
        }
        lines.add(line.toString().stripTrailing());
        return lines;
    }
}
