package io.fluxrig.iso.mask;

/**
 * Takes card data out of text that somebody else wrote: the last thing between a log line and its file.
 *
 * <p>Fails closed: it asks for no Luhn digit and knows no harmless numbers.
 *
 * <ul>
 *   <li>12 or more digits, also with single spaces or dashes between them, are masked as {@link Masker} masks a card
 *       number. Retrieval references, nanosecond clocks and decimal ids fall under this too: log those in hexadecimal
 *       with a letter among any twelve characters, or in base 36.
 *   <li>One name passes, that of a journal's file: {@code 20261128-0819.cq4}, which is a minute of this century and nothing else
 *       ({@link SegmentName}).
 *   <li>What follows such a number as track data goes too: {@code =} or {@code D} and digits (track 2), {@code ^} up to
 *       {@code ?} or the end of the line (track 1 with the holder's name).
 * </ul>
 *
 * <p>A line without such digits is returned as it is, without allocation. Stateless; any thread.
 */
public final class MaskingText {
    private static final int DIGITS_MIN = 12;

    private MaskingText() {}

    /** The text without card data; the same instance if there was none. */
    public static String scrub(String text) {
        int first = nextRun(text, 0);
        if (first < 0) {
            return text;
        }
        StringBuilder out = new StringBuilder(text.length());
        int copied = 0;
        for (int run = first; run >= 0; run = nextRun(text, copied)) {
            out.append(text, copied, run);
            int end = runEnd(text, run);
            mask(text, run, end, out);
            copied = track(text, end, out);
        }
        return out.append(text, copied, text.length()).toString();
    }

    /** Whether {@link #scrub} would change the text. */
    public static boolean isClean(CharSequence text) {
        return nextRun(text, 0) < 0;
    }

    /** First index at or after {@code from} where a run of {@link #DIGITS_MIN} or more digits begins, or -1. */
    private static int nextRun(CharSequence text, int from) {
        int length = text.length();
        int at = from;
        while (at < length) {
            if (!digit(text.charAt(at))) {
                at++;
                continue;
            }
            int digits = 1;
            int end = at + 1;
            while (end < length) {
                char c = text.charAt(end);
                if (digit(c)) {
                    digits++;
                    end++;
                } else if (separator(c) && end + 1 < length && digit(text.charAt(end + 1))) {
                    end++;
                } else {
                    break;
                }
            }
            if (digits >= DIGITS_MIN && !SegmentName.is(text, at, end)) {
                return at;
            }
            at = end;
        }
        return -1;
    }

    private static int runEnd(CharSequence text, int from) {
        int length = text.length();
        int end = from + 1;
        while (end < length) {
            char c = text.charAt(end);
            if (!digit(c) && !(separator(c) && end + 1 < length && digit(text.charAt(end + 1)))) {
                break;
            }
            end++;
        }
        return end;
    }

    private static void mask(CharSequence text, int from, int to, StringBuilder out) {
        int digits = 0;
        for (int i = from; i < to; i++) {
            if (digit(text.charAt(i))) {
                digits++;
            }
        }
        int index = 0;
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            if (digit(c)) {
                out.append(Masker.shown(index, digits) ? c : '*');
                index++;
            } else {
                out.append(c);
            }
        }
    }

    /** Masks track data that follows a number ending at {@code at}; the index after it. */
    private static int track(CharSequence text, int at, StringBuilder out) {
        if (at >= text.length()) {
            return at;
        }
        char c = text.charAt(at);
        int end = at + 1;
        if (c == '^') {
            while (end < text.length() && text.charAt(end) != '?' && text.charAt(end) != '\n') {
                end++;
            }
        } else if (c == '=' || c == 'D' || c == 'd') {
            while (end < text.length() && digit(text.charAt(end))) {
                end++;
            }
        } else {
            return at;
        }
        out.append(c);
        if (end > at + 1) {
            out.append("****");
        }
        return end;
    }

    private static boolean digit(char c) {
        return c >= '0' && c <= '9';
    }

    private static boolean separator(char c) {
        return c == ' ' || c == '-';
    }
}
