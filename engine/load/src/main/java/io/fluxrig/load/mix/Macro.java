package io.fluxrig.load.mix;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A piece of a field's value: text as it stands, or something new for each message, always of the same length.
 *
 * <pre>
 * $PAN(prefix,len)  a card number with a valid check digit      $STAN      6 digits, unique among the open requests
 * $RRN              12 digits, unique in the run                $SEQ(n)    counts up from n, as many digits as n has
 * $RAND(min,max)    as many digits as max has                   $AUTH      6 random digits
 * $NOW              date or time, by the field's length         $UUID      32 hex digits
 * $ENUM(a,b,c)      one of these, all of one length             $TERM      8 digits, of a terminal on the connection
 * </pre>
 */
sealed interface Macro {

    /** Characters that it fills. */
    int length();

    record Literal(String text) implements Macro {
        @Override
        public int length() {
            return text.length();
        }
    }

    /** Digits that the sender works out. */
    record Digits(Kind kind, int length, long min, long max) implements Macro {}

    record Pan(String prefix, int length) implements Macro {}

    record Uuid() implements Macro {
        @Override
        public int length() {
            return 32;
        }
    }

    record Choice(List<String> options) implements Macro {
        @Override
        public int length() {
            return options.get(0).length();
        }
    }

    /** Where digits come from. */
    enum Kind {
        STAN,
        RRN,
        SEQUENCE,
        RANDOM,
        NOW,
        TERMINAL
    }

    Pattern CALL = Pattern.compile("\\$([A-Z]++)(?:\\(([^)]*+)\\))?");

    /**
     * Reads a value.
     *
     * @param fieldLength length of the field in the spec; tells {@code $NOW} what to write
     * @throws MixException if a macro is unknown or its arguments are wrong
     */
    static List<Macro> parse(String value, int fieldLength) throws MixException {
        List<Macro> pieces = new ArrayList<>();
        Matcher call = CALL.matcher(value);
        int from = 0;
        while (call.find()) {
            literal(pieces, value.substring(from, call.start()));
            String[] arguments =
                    call.group(2) == null ? new String[0] : call.group(2).trim().split("\\s*,\\s*");
            pieces.add(macro(call.group(), call.group(1), arguments, fieldLength));
            from = call.end();
        }
        literal(pieces, value.substring(from));
        return pieces;
    }

    private static void literal(List<Macro> pieces, String text) {
        if (!text.isEmpty()) {
            pieces.add(new Literal(text));
        }
    }

    private static Macro macro(String text, String name, String[] arguments, int fieldLength) throws MixException {
        try {
            return switch (name) {
                case "PAN" -> pan(arguments[0], Integer.parseInt(arguments[1]));
                case "STAN" -> new Digits(Kind.STAN, 6, 0, 0);
                case "RRN" -> new Digits(Kind.RRN, 12, 0, 0);
                case "TERM" -> new Digits(Kind.TERMINAL, 8, 0, 0);
                case "SEQ" -> new Digits(Kind.SEQUENCE, arguments[0].length(), Long.parseLong(arguments[0]), 0);
                case "RAND" -> random(Long.parseLong(arguments[0]), Long.parseLong(arguments[1]));
                case "AUTH" -> random(0, 999_999);
                case "NOW" -> now(fieldLength);
                case "UUID" -> new Uuid();
                case "ENUM" -> choice(arguments);
                default -> throw new IllegalArgumentException("no such macro in a load mix");
            };
        } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
            throw new MixException(text + ": " + reason(e) + "; known are $PAN(prefix,len) $STAN $RRN $TERM $SEQ(start)"
                    + " $RAND(min,max) $AUTH $NOW $UUID $ENUM(a,b,...)");
        }
    }

    private static String reason(RuntimeException e) {
        if (e instanceof NumberFormatException) {
            return "an argument is not a number";
        }
        return e instanceof ArrayIndexOutOfBoundsException ? "an argument is missing" : e.getMessage();
    }

    private static Macro pan(String prefix, int length) {
        if (length < 8 || length > 19 || prefix.length() >= length || !prefix.matches("[0-9]+")) {
            throw new IllegalArgumentException("wants a prefix of digits and a length from 8 to 19 above the prefix's");
        }
        return new Pan(prefix, length);
    }

    private static Macro random(long min, long max) {
        if (min < 0 || max < min) {
            throw new IllegalArgumentException("wants 0 <= min <= max");
        }
        return new Digits(Kind.RANDOM, Long.toString(max).length(), min, max);
    }

    private static Macro now(int fieldLength) {
        if (fieldLength != 4 && fieldLength != 6 && fieldLength != 10 && fieldLength != 12) {
            throw new IllegalArgumentException(
                    "fits fields of 4 (MMDD), 6 (hhmmss), 10 (MMDDhhmmss) or 12 (YYMMDDhhmmss)" + " digits, not length "
                            + fieldLength);
        }
        return new Digits(Kind.NOW, fieldLength, 0, 0);
    }

    private static Macro choice(String[] options) {
        for (String option : options) {
            if (option.isEmpty() || option.length() != options[0].length()) {
                throw new IllegalArgumentException("wants options of one length");
            }
        }
        return new Choice(List.of(options));
    }
}
