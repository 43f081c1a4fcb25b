package io.fluxrig.engine.config;

import java.util.Map;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The notation of durations ({@code 250ms}, {@code 5s}) and sizes ({@code 64KiB}) in every file an operator writes. */
public final class Quantity {
    /** Fix for a duration that cannot be read. */
    public static final String DURATION_FIX = "write a number and ns, us, ms, s, m, h or d, such as 250ms or 5s";

    /** Fix for a size that cannot be read. */
    public static final String SIZE_FIX = "write bytes, or a number and KiB, MiB or GiB, such as 64KiB";

    /** Matches what {@link #durationNs} reads, for the JSON Schema. */
    public static final String DURATION_PATTERN = "^[0-9]+(\\.[0-9]+)?(ns|us|ms|s|m|h|d)$";

    /** Matches what {@link #sizeBytes} reads, for the JSON Schema. */
    public static final String SIZE_PATTERN = "^[0-9]+(B|KiB|MiB|GiB|TiB)?$";

    private static final Pattern DURATION = Pattern.compile("([0-9]{1,18})(?:\\.([0-9]{1,9}))?(ns|us|ms|s|m|h|d)");
    private static final Pattern SIZE = Pattern.compile("([0-9]{1,18})(B|KiB|MiB|GiB|TiB)?");
    private static final Map<String, Long> NANOS = Map.of(
            "ns", 1L,
            "us", 1_000L,
            "ms", 1_000_000L,
            "s", 1_000_000_000L,
            "m", 60_000_000_000L,
            "h", 3_600_000_000_000L,
            "d", 86_400_000_000_000L);
    private static final Map<String, Long> BYTES =
            Map.of("B", 1L, "KiB", 1L << 10, "MiB", 1L << 20, "GiB", 1L << 30, "TiB", 1L << 40);

    private Quantity() {}

    /** Nanoseconds, empty if the text is no duration or too long for 63 bits. A bare {@code 0} is a duration. */
    public static OptionalLong durationNs(String text) {
        if (text.equals("0")) {
            return OptionalLong.of(0);
        }
        Matcher match = DURATION.matcher(text);
        if (!match.matches()) {
            return OptionalLong.empty();
        }
        long unit = NANOS.get(match.group(3));
        OptionalLong whole = times(Long.parseLong(match.group(1)), unit);
        if (match.group(2) == null || whole.isEmpty()) {
            return whole;
        }
        double fraction = Double.parseDouble("0." + match.group(2));
        long sum = whole.getAsLong() + Math.round(fraction * unit);
        return sum < 0 ? OptionalLong.empty() : OptionalLong.of(sum);
    }

    /** Bytes, empty if the text is no size. */
    public static OptionalLong sizeBytes(String text) {
        Matcher match = SIZE.matcher(text);
        if (!match.matches()) {
            return OptionalLong.empty();
        }
        String unit = match.group(2) == null ? "B" : match.group(2);
        return times(Long.parseLong(match.group(1)), BYTES.get(unit));
    }

    /** Writes nanoseconds in the largest unit that divides them: {@code 5s}, {@code 250ms}. */
    public static String durationText(long nanos) {
        for (String unit : new String[] {"d", "h", "m", "s", "ms", "us"}) {
            long size = NANOS.get(unit);
            if (nanos != 0 && nanos % size == 0) {
                return nanos / size + unit;
            }
        }
        return nanos == 0 ? "0" : nanos + "ns";
    }

    /** Writes bytes in the largest unit that divides them. */
    public static String sizeText(long bytes) {
        for (String unit : new String[] {"TiB", "GiB", "MiB", "KiB"}) {
            long size = BYTES.get(unit);
            if (bytes != 0 && bytes % size == 0) {
                return bytes / size + unit;
            }
        }
        return Long.toString(bytes);
    }

    private static OptionalLong times(long count, long unit) {
        long high = Math.multiplyHigh(count, unit);
        long low = count * unit;
        return high != 0 || low < 0 ? OptionalLong.empty() : OptionalLong.of(low);
    }
}
