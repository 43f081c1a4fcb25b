package io.fluxrig.iso.mask;

/**
 * Knows the name of a journal's file, {@code 20261128-0819.cq4}, in text: a minute, which twelve digits of a card number cannot be. It begins with
 * 20, where cards of twelve digits begin with 5 or 6, has nothing before it that it could be the end of, and its suffix behind it.
 */
final class SegmentName {
    private static final String SUFFIX = ".cq4";
    private static final int DASH = 8;
    private static final int LENGTH = 13;

    private SegmentName() {}

    /** Whether the run of digits, spaces and dashes is such a name, all of it. */
    static boolean is(CharSequence text, int from, int to) {
        return to - from == LENGTH
                && text.charAt(from + DASH) == '-'
                && alone(text, from)
                && suffixed(text, to)
                && digits(text, from, DASH)
                && digits(text, from + DASH + 1, LENGTH - DASH - 1)
                && number(text, from, 2) == 20
                && within(number(text, from + 4, 2), 1, 12)
                && within(number(text, from + 6, 2), 1, 31)
                && within(number(text, from + 9, 2), 0, 23)
                && within(number(text, from + 11, 2), 0, 59);
    }

    /** A file of a folder, or one that stands by itself. */
    private static boolean alone(CharSequence text, int from) {
        char before = from == 0 ? ' ' : text.charAt(from - 1);
        return before == '/' || before == '\\' || before == ' ' || before == '\'' || before == '"' || before == '(';
    }

    private static boolean suffixed(CharSequence text, int at) {
        int end = at + SUFFIX.length();
        return end <= text.length()
                && SUFFIX.contentEquals(text.subSequence(at, end))
                && (end == text.length() || !Character.isLetterOrDigit(text.charAt(end)));
    }

    private static boolean digits(CharSequence text, int from, int count) {
        for (int i = from; i < from + count; i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return true;
    }

    private static int number(CharSequence text, int from, int count) {
        int number = 0;
        for (int i = from; i < from + count; i++) {
            number = 10 * number + text.charAt(i) - '0';
        }
        return number;
    }

    private static boolean within(int number, int min, int max) {
        return number >= min && number <= max;
    }
}
