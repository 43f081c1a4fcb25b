package io.fluxrig.load.report;

import java.util.Locale;

/** Numbers as people read them. */
public final class Figures {
    private Figures() {}

    /** {@code 850 ns}, {@code 74.2 µs}, {@code 3.05 ms}, {@code 2.00 s}. */
    public static String duration(long ns) {
        if (ns < 1_000) {
            return ns + " ns";
        }
        if (ns < 1_000_000) {
            return three(ns / 1e3) + " µs";
        }
        return ns < 1_000_000_000 ? three(ns / 1e6) + " ms" : three(ns / 1e9) + " s";
    }

    /** As {@link #duration}, a dash for none. */
    public static String durationOrDash(long count, long ns) {
        return count == 0 ? "–" : duration(ns);
    }

    /** {@code 1,234,567}. */
    public static String count(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }

    /** {@code 1 timeout}, {@code 2,000 timeouts}. */
    public static String counted(long value, String noun) {
        return count(value) + " " + noun + (value == 1 ? "" : "s");
    }

    /** A rate with its thousands and, when small, a decimal. */
    public static String rate(double perSecond) {
        return perSecond >= 100 ? count(Math.round(perSecond)) : String.format(Locale.ROOT, "%.1f", perSecond);
    }

    /** {@code 12.3 %}; never 0 or 100 for what is only near it. */
    public static String share(long part, long whole) {
        if (part == 0 || whole == 0) {
            return "0 %";
        }
        if (part == whole) {
            return "100 %";
        }
        double percent = Math.min(99.99, Math.max(0.01, 100.0 * part / whole));
        return percent >= 99.95 || percent < 0.1
                ? String.format(Locale.ROOT, "%.2f %%", percent)
                : String.format(Locale.ROOT, "%.1f %%", percent);
    }

    private static String three(double value) {
        String format = value >= 99.95 ? "%.0f" : value >= 9.995 ? "%.1f" : "%.2f";
        return String.format(Locale.ROOT, format, value);
    }
}
