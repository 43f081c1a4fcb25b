package io.fluxrig.engine.config;

/**
 * Looks for a key that no file of people's has, before the parser makes an object of each of its parts: more than
 * {@value #PARTS_MAX} dotted parts, or more than {@value #LENGTH_MAX} characters. Reads the text once and keeps nothing.
 */
final class TomlKeys {
    /** Two are all that any key has; a few more may stand in a mistake. */
    static final int PARTS_MAX = 16;

    static final int LENGTH_MAX = 256;

    private final String text;
    private int line = 1;
    private int begin;
    private int parts = 1;

    private TomlKeys(String text) {
        this.text = text;
    }

    /** The line of the first key beyond the limits, from 1; 0 if there is none. */
    static int lineBeyond(String text) {
        return new TomlKeys(text).search();
    }

    private int search() {
        for (int at = 0; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c == '#') {
                at = endOfLine(at) - 1;
            } else if (c == '"' || c == '\'') {
                at = endOfQuotes(at, c);
            } else if (isBeyond(c, at)) {
                return line;
            }
        }
        return 0;
    }

    private boolean isBeyond(char c, int at) {
        switch (c) {
            case '.' -> parts++;
            case '=', ']' -> {
                boolean tooLong = at - begin > LENGTH_MAX;
                next(at);
                return tooLong;
            }
            case '[', '{', '}', ',' -> next(at);
            case '\n' -> {
                line++;
                next(at);
            }
            default -> {}
        }
        return parts > PARTS_MAX;
    }

    private void next(int at) {
        begin = at + 1;
        parts = 1;
    }

    private int endOfLine(int at) {
        int end = text.indexOf('\n', at);
        return end < 0 ? text.length() : end;
    }

    /** The closing quote, or the last character before the line ends without one; of three quotes in a row, the last. */
    private int endOfQuotes(int at, char quote) {
        int lineEnd = endOfLine(at);
        int end = at + 1;
        while (end < lineEnd && text.charAt(end) != quote) {
            end += quote == '"' && text.charAt(end) == '\\' ? 2 : 1;
        }
        return Math.min(end, lineEnd - 1);
    }
}
