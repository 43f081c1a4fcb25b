package io.fluxrig.iso.format;

import io.fluxrig.iso.encoding.Digits;
import io.fluxrig.perf.buffer.Bytes;
import java.util.Arrays;

/**
 * How a date or a time is written, compiled from its pattern:
 *
 * <pre>
 *   yy yyyy (or u)  year          HH  0 to 23      DDD  day of the year, 1 to 366
 *   MM              month         mm  0 to 59      S..  fractions of a second, 1 to 9 digits
 *   dd              day           ss  0 to 59      'x' and anything that is no letter stands for itself
 * </pre>
 *
 * A day must be one of its month; 29 February needs a leap year where the year is told ({@code yy} is 2000 to 2099).
 * Immutable; {@link #fits} allocates nothing.
 */
public final class DateLayout {
    private static final int PARTS_MAX = 32;
    private static final char LITERAL = '\'';
    private static final int[] DAYS = {31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

    private static final int PAIR = 2;
    private static final int LANES = 4;
    private static final int SHORTEST_MONTH = 28;
    private static final long LOW_NIBBLES = 0x000F_000F_000F_000FL;
    private static final long TOPS = 0x8000_8000_8000_8000L;

    private final char[] kinds;
    private final int[] widths;
    private final char[] literals;
    private final int length;
    /** Where all parts are two digits: bounds of the first four and of the last four, 16 bits each; null otherwise. */
    private final long[] pairs;

    private final int yearAt;
    private final int monthAt;
    private final int dayAt;

    private DateLayout(char[] kinds, int[] widths, char[] literals) {
        this.kinds = kinds;
        this.widths = widths;
        this.literals = literals;
        this.length = Arrays.stream(widths).sum();
        this.pairs = kinds.length <= 2 * LANES && Arrays.stream(widths).allMatch(width -> width == PAIR)
                ? bounds(kinds)
                : null;
        String letters = new String(kinds);
        this.yearAt = PAIR * letters.indexOf('y');
        this.monthAt = PAIR * letters.indexOf('M');
        this.dayAt = PAIR * letters.indexOf('d');
    }

    /** Least and greatest of parts 0 to 3, and of the last four where there are more. */
    private static long[] bounds(char[] kinds) {
        int last = Math.max(0, kinds.length - LANES);
        long[] bounds = {0, 0, 0, 0};
        for (int lane = 0; lane < LANES; lane++) {
            for (int half = 0; half < 2; half++) {
                int part = lane + half * last;
                boolean there = part < kinds.length;
                long least = there ? least(kinds[part]) : 0;
                long greatest = there ? Math.min(99, greatest(kinds[part])) : 0x7FFF;
                bounds[2 * half] |= least << 16 * lane;
                bounds[2 * half + 1] |= greatest << 16 * lane;
            }
        }
        return bounds;
    }

    /**
     * Compiles a pattern.
     *
     * @throws IllegalArgumentException if it is none, saying what was expected
     */
    public static DateLayout of(String pattern) {
        char[] kinds = new char[PARTS_MAX];
        int[] widths = new int[PARTS_MAX];
        char[] literals = new char[PARTS_MAX];
        int parts = 0;
        boolean quoted = false;
        for (int at = 0; at < pattern.length(); ) {
            char c = pattern.charAt(at);
            if (c == LITERAL) {
                quoted = !quoted;
                at++;
                continue;
            }
            if (parts == PARTS_MAX) {
                throw new IllegalArgumentException("more than " + PARTS_MAX + " parts");
            }
            boolean letter = !quoted && (c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z');
            int width = letter ? run(pattern, at) : 1;
            kinds[parts] = letter ? kind(c, width) : LITERAL;
            literals[parts] = c;
            widths[parts++] = width;
            at += width;
        }
        String letters = new String(kinds, 0, parts);
        for (char part : new char[] {'y', 'M', 'd'}) {
            if (letters.indexOf(part) != letters.lastIndexOf(part)) {
                throw new IllegalArgumentException("more than one date: " + part + " stands in two places");
            }
        }
        if (quoted || parts == 0) {
            throw new IllegalArgumentException(quoted ? "a quote is not closed" : "it is empty");
        }
        return new DateLayout(
                Arrays.copyOf(kinds, parts), Arrays.copyOf(widths, parts), Arrays.copyOf(literals, parts));
    }

    private static int run(String pattern, int from) {
        int to = from;
        while (to < pattern.length() && pattern.charAt(to) == pattern.charAt(from)) {
            to++;
        }
        return to - from;
    }

    private static char kind(char letter, int width) {
        boolean known = switch (letter) {
            case 'y', 'u' -> width == 2 || width == 4;
            case 'M', 'd', 'H', 'm', 's' -> width == 2;
            case 'D' -> width == 3;
            case 'S' -> width <= 9;
            default -> false;
        };
        if (!known) {
            throw new IllegalArgumentException(
                    "'" + letter + "' " + width + " times; known are yy, yyyy, MM, dd, DDD, HH, mm, ss, S");
        }
        return letter == 'u' ? 'y' : letter;
    }

    /** Characters of such a date. */
    public int length() {
        return length;
    }

    /** Whether a value is such a date: text of {@link #length()} characters, or packed as many digits. */
    public boolean fits(byte[] src, int offset, int valueLength, boolean packed) {
        if ((packed ? 2 * valueLength : valueLength) != length) {
            return false;
        }
        return !packed && hasPairs(src, offset)
                ? Digits.areAscii(src, offset, length) && fitsByPairs(src, offset)
                : fitsByParts(src, offset, packed);
    }

    /** As {@link #fits}, of a text that is known to be digits. */
    public boolean fitsDigits(byte[] src, int offset, int valueLength) {
        return valueLength == length
                && (hasPairs(src, offset) ? fitsByPairs(src, offset) : fitsByParts(src, offset, false));
    }

    private boolean hasPairs(byte[] src, int offset) {
        return pairs != null && offset + Long.BYTES <= src.length;
    }

    /** Eight digits at once: the first, and where there are more the last. */
    private boolean fitsByPairs(byte[] src, int offset) {
        boolean inRange = areInRange(Bytes.longLe(src, offset), pairs[0], pairs[1]);
        if (length > Long.BYTES) {
            inRange &= areInRange(Bytes.longLe(src, offset + length - Long.BYTES), pairs[2], pairs[3]);
        }
        int day = dayAt < 0 || !inRange ? 0 : pair(src, offset + dayAt);
        if (day <= SHORTEST_MONTH) {
            return inRange;
        }
        int year = yearAt < 0 ? -1 : 2000 + pair(src, offset + yearAt);
        return isDay(year, monthAt < 0 ? 0 : pair(src, offset + monthAt), day);
    }

    /** Whether four numbers of two digits lie in their bounds, each in 16 bits of its own. */
    private static boolean areInRange(long eightDigits, long least, long greatest) {
        long numbers = (eightDigits & LOW_NIBBLES) * 10 + (eightDigits >>> 8 & LOW_NIBBLES);
        return ((numbers | TOPS) - least & (greatest | TOPS) - numbers & TOPS) == TOPS;
    }

    private static int pair(byte[] src, int at) {
        return 10 * (src[at] & 0xF) + (src[at + 1] & 0xF);
    }

    private boolean fitsByParts(byte[] src, int offset, boolean packed) {
        int year = -1;
        int month = 0;
        int day = 0;
        int at = 0;
        for (int part = 0; part < kinds.length; part++) {
            char kind = kinds[part];
            int width = widths[part];
            int number =
                    kind == LITERAL ? literal(src, offset + at, part, packed) : number(src, offset, at, width, packed);
            if (number < 0 || !inRange(kind, number)) {
                return false;
            }
            year = kind == 'y' ? width == 2 ? 2000 + number : number : year;
            month = kind == 'M' ? number : month;
            day = kind == 'd' ? number : day;
            at += width;
        }
        return isDay(year, month, day);
    }

    private int literal(byte[] src, int at, int part, boolean packed) {
        return !packed && (src[at] & 0xFF) == literals[part] ? 0 : -1;
    }

    private static int number(byte[] src, int offset, int from, int width, boolean packed) {
        int number = 0;
        for (int i = from; i < from + width; i++) {
            int digit = Figures.digit(src, offset, i, packed);
            if (digit < 0 || digit > 9) {
                return -1;
            }
            number = 10 * number + digit;
        }
        return number;
    }

    private static boolean inRange(char kind, int number) {
        return number >= least(kind) && number <= greatest(kind);
    }

    private static int least(char kind) {
        return kind == 'M' || kind == 'd' || kind == 'D' ? 1 : 0;
    }

    private static int greatest(char kind) {
        return switch (kind) {
            case 'M' -> 12;
            case 'd' -> 31;
            case 'D' -> 366;
            case 'H' -> 23;
            case 'm', 's' -> 59;
            default -> 999_999_999;
        };
    }

    private static boolean isDay(int year, int month, int day) {
        if (month == 0 || day <= SHORTEST_MONTH) {
            return true;
        }
        boolean leap = year < 0 || year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
        return day <= DAYS[month - 1] && (leap || month != 2 || day != 29);
    }
}
