package io.fluxrig.engine.gears.macro;

/** Writes numbers, dates and check digits as ASCII digits. Allocates nothing. */
final class Digits {
    private static final int SECONDS_PER_DAY = 86_400;

    private Digits() {}

    /** Writes {@code value} with at least {@code width} digits; how many it wrote. */
    static int write(long value, int width, byte[] dst, int at) {
        int length = Math.max(width, length(value));
        long rest = value;
        for (int i = length - 1; i >= 0; i--) {
            dst[at + i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        return length;
    }

    static int length(long value) {
        int length = 1;
        for (long rest = value / 10; rest > 0; rest /= 10) {
            length++;
        }
        return length;
    }

    /** The digit that makes {@code dst[from, to)} and itself pass Luhn's check. */
    static int luhn(byte[] dst, int from, int to) {
        int sum = 0;
        boolean twice = true;
        for (int i = to - 1; i >= from; i--, twice = !twice) {
            int digit = dst[i] - '0';
            int part = twice ? digit * 2 : digit;
            sum += part > 9 ? part - 9 : part;
        }
        return (10 - sum % 10) % 10;
    }

    /**
     * Writes a moment in UTC.
     *
     * @param pattern letters {@code yy}, {@code yyyy}, {@code MM}, {@code dd}, {@code DDD} (day of the year), {@code HH},
     *     {@code mm}, {@code ss}; anything else as it stands
     */
    static int moment(long epochSeconds, String pattern, byte[] dst, int at) {
        long days = Math.floorDiv(epochSeconds, SECONDS_PER_DAY);
        int second = Math.floorMod(epochSeconds, SECONDS_PER_DAY);
        int written = 0;
        int i = 0;
        while (i < pattern.length()) {
            int run = run(pattern, i);
            written += part(pattern.charAt(i), run, days, second, dst, at + written);
            i += run;
        }
        return written;
    }

    private static int run(String pattern, int from) {
        int to = from;
        while (to < pattern.length() && pattern.charAt(to) == pattern.charAt(from)) {
            to++;
        }
        return to - from;
    }

    private static int part(char letter, int run, long days, int second, byte[] dst, int at) {
        int value = value(letter, run, days, second);
        if (value >= 0) {
            return write(value, run, dst, at);
        }
        for (int i = 0; i < run; i++) {
            dst[at + i] = (byte) letter;
        }
        return run;
    }

    private static int value(char letter, int run, long days, int second) {
        return switch (letter) {
            case 'y' -> run > 2 ? year(days) : year(days) % 100;
            case 'M' -> month(days);
            case 'd' -> dayOfMonth(days);
            case 'D' -> (int) (days - firstDay(year(days))) + 1;
            case 'H' -> second / 3600;
            case 'm' -> second / 60 % 60;
            case 's' -> second % 60;
            default -> -1;
        };
    }

    /** The year of a day counted from 1970-01-01 in the Gregorian calendar; days of 1970 to 2400 are what it is for. */
    private static int year(long days) {
        int year = (int) (1970 + days / 366);
        while (firstDay(year + 1) <= days) {
            year++;
        }
        return year;
    }

    private static long firstDay(int year) {
        long before = year - 1L;
        return 365 * (year - 1970L) + (before / 4 - before / 100 + before / 400) - (1969 / 4 - 1969 / 100 + 1969 / 400);
    }

    private static int month(long days) {
        int left = (int) (days - firstDay(year(days)));
        int month = 1;
        while (left >= monthLength(year(days), month)) {
            left -= monthLength(year(days), month);
            month++;
        }
        return month;
    }

    private static int dayOfMonth(long days) {
        int left = (int) (days - firstDay(year(days)));
        int month = month(days);
        for (int m = 1; m < month; m++) {
            left -= monthLength(year(days), m);
        }
        return left + 1;
    }

    private static int monthLength(int year, int month) {
        boolean leap = year % 4 == 0 && year % 100 != 0 || year % 400 == 0;
        return switch (month) {
            case 2 -> leap ? 29 : 28;
            case 4, 6, 9, 11 -> 30;
            default -> 31;
        };
    }
}
