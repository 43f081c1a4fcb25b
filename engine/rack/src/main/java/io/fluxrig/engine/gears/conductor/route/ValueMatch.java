package io.fluxrig.engine.gears.conductor.route;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A condition on one value, compiled once, tested without allocating. Strip thread only (a regex keeps its place).
 */
public sealed interface ValueMatch {

    boolean matches(byte[] value, int length);

    /** The value begins with one of these. */
    record Prefix(byte[][] prefixes) implements ValueMatch {

        public static Prefix of(List<String> prefixes) {
            return new Prefix(bytes(prefixes));
        }

        @Override
        public boolean matches(byte[] value, int length) {
            for (byte[] prefix : prefixes) {
                if (length >= prefix.length && Arrays.equals(value, 0, prefix.length, prefix, 0, prefix.length)) {
                    return true;
                }
            }
            return false;
        }
    }

    /**
     * The value's first characters, as many as the ends have, lie between the ends, both included. The ends are digits and
     * equally long; a shorter value does not match.
     */
    record Range(byte[] from, byte[] to) implements ValueMatch {

        /** @param text such as {@code 400000-419999} */
        public static Range parse(String text) {
            String[] ends = text.split("-", -1);
            if (ends.length != 2 || !isDigits(ends[0].trim()) || !isDigits(ends[1].trim())) {
                throw new IllegalArgumentException("a range is two numbers with a dash, such as 400000-419999");
            }
            byte[] from = ends[0].trim().getBytes(StandardCharsets.US_ASCII);
            byte[] to = ends[1].trim().getBytes(StandardCharsets.US_ASCII);
            if (from.length != to.length) {
                throw new IllegalArgumentException(
                        "the ends of a range have the same number of digits: from=" + from.length + " to=" + to.length);
            }
            if (Arrays.compareUnsigned(from, to) > 0) {
                throw new IllegalArgumentException("a range begins at its lower end");
            }
            return new Range(from, to);
        }

        @Override
        public boolean matches(byte[] value, int length) {
            int digits = from.length;
            return length >= digits
                    && Arrays.compareUnsigned(value, 0, digits, from, 0, digits) >= 0
                    && Arrays.compareUnsigned(value, 0, digits, to, 0, digits) <= 0;
        }

        private static boolean isDigits(String text) {
            return !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9');
        }
    }

    /** Any of several conditions. */
    record AnyOf(ValueMatch[] choices) implements ValueMatch {

        @Override
        public boolean matches(byte[] value, int length) {
            for (ValueMatch choice : choices) {
                if (choice.matches(value, length)) {
                    return true;
                }
            }
            return false;
        }
    }

    /** The value is one of these, trailing spaces aside; found by binary search. */
    record OneOf(byte[][] sorted) implements ValueMatch {

        public static OneOf of(List<String> values) {
            byte[][] sorted = bytes(values.stream().map(String::stripTrailing).toList());
            Arrays.sort(sorted, Arrays::compareUnsigned);
            return new OneOf(sorted);
        }

        @Override
        public boolean matches(byte[] value, int length) {
            int end = length;
            while (end > 0 && value[end - 1] == ' ') {
                end--;
            }
            int low = 0;
            int high = sorted.length - 1;
            while (low <= high) {
                int middle = (low + high) >>> 1;
                byte[] candidate = sorted[middle];
                int order = Arrays.compareUnsigned(candidate, 0, candidate.length, value, 0, end);
                if (order == 0) {
                    return true;
                }
                if (order < 0) {
                    low = middle + 1;
                } else {
                    high = middle - 1;
                }
            }
            return false;
        }
    }

    /** The whole value matches the expression. */
    record Regex(Matcher matcher, Characters view) implements ValueMatch {

        /** Throws {@link java.util.regex.PatternSyntaxException}, an IllegalArgumentException, where it does not parse. */
        public static Regex of(String expression) {
            Characters view = new Characters();
            return new Regex(Pattern.compile(expression).matcher(view), view);
        }

        @Override
        public boolean matches(byte[] value, int length) {
            view.over(value, length);
            boolean matched = matcher.reset(view).matches();
            view.over(NOTHING, 0);
            return matched;
        }
    }

    /** The number lies in the table, in a range with one of the wanted values. */
    record InTable(BinTable table, boolean[] wanted) implements ValueMatch {

        /** @param values empty for any value of the table */
        public static InTable of(BinTable table, List<String> values) {
            boolean[] wanted = new boolean[table.values().size()];
            for (int i = 0; i < wanted.length; i++) {
                wanted[i] = values.isEmpty() || values.contains(table.values().get(i));
            }
            return new InTable(table, wanted);
        }

        @Override
        public boolean matches(byte[] value, int length) {
            return matchesFound(table.find(value, 0, length));
        }

        /** The same for a number looked up before. */
        boolean matchesFound(int found) {
            return found != BinTable.NONE && wanted[found];
        }
    }

    byte[] NOTHING = new byte[0];

    private static byte[][] bytes(List<String> texts) {
        return texts.stream().map(text -> text.getBytes(StandardCharsets.UTF_8)).toArray(byte[][]::new);
    }
}
