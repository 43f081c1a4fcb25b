package io.fluxrig.iso.mask;

import java.util.regex.Pattern;

/**
 * Shows a card number in the one form this project allows: first six and last four digits, stars between.
 *
 * <p>{@code 4761739001010119} becomes {@code 476173******0119}. A number below 14 digits would give away too much of
 * itself this way and is masked wholly; so is one above 19, which is no card number but may hold one. Stateless.
 */
public final class Masker {
    /** Below this many characters nothing is shown. */
    public static final int SHOWN_LENGTH_MIN = 14;

    /** Above this many characters nothing is shown. */
    public static final int SHOWN_LENGTH_MAX = 19;

    static final int FIRST = 6;
    static final int LAST = 4;

    private static final Pattern MASKED = Pattern.compile("\\*+|[0-9A-F]{6}\\*{4,9}[0-9A-F]{4}");

    private Masker() {}

    /** The card number, masked; the text must be the number alone. */
    public static String pan(CharSequence pan) {
        StringBuilder out = new StringBuilder(pan.length());
        appendPan(pan, 0, pan.length(), out);
        return out.toString();
    }

    /** The card number in ASCII digits, masked. */
    public static String pan(byte[] src, int offset, int length) {
        StringBuilder out = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            out.append(shown(i, length) ? (char) (src[offset + i] & 0x7f) : '*');
        }
        return out.toString();
    }

    /** A value nothing of which may be shown: as many stars as it is long, at most eight. */
    public static String hidden(int length) {
        return "********".substring(0, Math.min(8, Math.max(0, length)));
    }

    /** Whether the text is what {@link #pan} or {@link #hidden} shows instead of a value. */
    public static boolean isMasked(String text) {
        return MASKED.matcher(text).matches();
    }

    static void appendPan(CharSequence text, int from, int to, StringBuilder out) {
        int length = to - from;
        for (int i = 0; i < length; i++) {
            out.append(shown(i, length) ? text.charAt(from + i) : '*');
        }
    }

    static boolean shown(int index, int length) {
        return length >= SHOWN_LENGTH_MIN && length <= SHOWN_LENGTH_MAX && (index < FIRST || index >= length - LAST);
    }
}
