package io.fluxrig.cli.screen;

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
        String rest = line;
        String indent = line.startsWith("  ") ? " ".repeat(HANGING) : "";
        while (rest.length() > width) {
            int at = rest.lastIndexOf(' ', width);
            if (at <= HANGING) {
                break;
            }
            out.append(rest.substring(0, at).stripTrailing()).append('\n');
            rest = indent + rest.substring(at + 1).stripLeading();
        }
        out.append(rest).append('\n');
    }
}
