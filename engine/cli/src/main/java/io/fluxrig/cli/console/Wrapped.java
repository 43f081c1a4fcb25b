package io.fluxrig.cli.console;

import java.util.ArrayList;
import java.util.List;

/** Breaks the lines of a summary between words, where the terminal would break them anywhere. */
public final class Wrapped {
    /** Under the first word behind a line's name. */
    private static final int HANGING = 13;

    private static final int NARROWEST = 40;

    private Wrapped() {}

    /** @param width of the terminal in columns */
    public static String text(String text, int width) {
        int columns = Math.max(NARROWEST, width);
        StringBuilder out = new StringBuilder(text.length() + 64);
        text.lines().forEach(line -> line(out, line, columns));
        return out.toString();
    }

    private static void line(StringBuilder out, String line, int width) {
        lines(line, width, line.startsWith("  ") ? HANGING : 0, false)
                .forEach(each -> out.append(each).append('\n'));
    }

    /**
     * A line in as many as it takes, none longer than the width: a word that is longer by itself, such as a path, is broken.
     *
     * @param hanging columns that all lines but the first are indented by, less than the width
     */
    public static List<String> lines(String line, int width, int hanging) {
        return lines(line, width, hanging, true);
    }

    private static List<String> lines(String line, int width, int hanging, boolean breaks) {
        List<String> lines = new ArrayList<>();
        String rest = line;
        String indent = " ".repeat(hanging);
        while (rest.length() > width) {
            int at = rest.lastIndexOf(' ', width);
            boolean between = at > hanging && !rest.substring(0, at).isBlank();
            if (!between && !breaks) {
                break;
            }
            int end = between ? at : width;
            lines.add(rest.substring(0, end).stripTrailing());
            rest = indent + rest.substring(end).stripLeading();
        }
        lines.add(rest);
        return lines;
    }
}
