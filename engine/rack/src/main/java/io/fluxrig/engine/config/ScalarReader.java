package io.fluxrig.engine.config;

import io.fluxrig.engine.fault.FileReason;
import io.fluxrig.engine.fault.Nearest;
import io.fluxrig.engine.gear.ConfigKey;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;

/** Turns the text of a scalar into the value its key declares; the one place where types and ranges are checked. */
public final class ScalarReader {

    private static final int SHOWN_MAX = 60;
    private static final String QUOTES = "put it in quotes";

    private ScalarReader() {}

    /** How the scalar was written. */
    public enum Form {
        /** As text, in quotes. */
        QUOTED,
        /** As a bare word or number. */
        PLAIN,
        /** As what its file's own syntax says is no text: a number or flag of TOML. */
        VALUE,
        /** By the environment or a flag, which know only text: read as whatever the key wants. */
        ANY
    }

    /**
     * A value, or what is wrong with it.
     *
     * @param value String, Long (nanoseconds of a duration, bytes of a size) or Boolean; null if it is wrong
     */
    public record Reading(Object value, String what, String fix) {

        public boolean ok() {
            return value != null;
        }

        static Reading of(Object value) {
            return new Reading(value, "", "");
        }

        static Reading bad(String what, String fix) {
            return new Reading(null, what, fix);
        }
    }

    /**
     * @param shown how a message may quote the value
     */
    public static Reading read(ConfigKey key, String text, Form form, String shown) {
        return switch (key.type()) {
            case TREE -> Reading.of(text);
            case TEXT -> text(text, form, shown, false);
            case CODE, TEXTS -> text(text, form, shown, true);
            case PATH -> path(text, form, shown);
            case NUMBER -> number(key, text, form, shown);
            case FLAG -> flag(text, form, shown);
            case DURATION -> quantity(key, text, shown, Quantity::durationNs, "duration", Quantity.DURATION_FIX);
            case SIZE -> quantity(key, text, shown, Quantity::sizeBytes, "size", Quantity.SIZE_FIX);
            case CHOICE -> choice(key, text, shown);
            case ADDRESS -> address(text, shown);
            case SECTION -> Reading.bad(shown + " is a single value", "write a map of keys here");
            case SECTIONS -> Reading.bad(shown + " is a single value", "write a list of maps here");
        };
    }

    /** The value of a default that a manifest gives in the notation of the file. */
    public static Object ofDefault(ConfigKey key) {
        Object given = key.defaultValue();
        if (given == null) {
            return null;
        }
        if (given instanceof Integer number) {
            return number.longValue();
        }
        boolean word = key.type() == ConfigKey.Type.TEXT || key.type() == ConfigKey.Type.CODE;
        if (!(given instanceof String text) || word) {
            return given;
        }
        Reading reading = read(key, text, Form.ANY, quote(text));
        if (!reading.ok()) {
            throw new IllegalStateException("default of " + key.name() + ": " + reading.what());
        }
        return reading.value();
    }

    /** The text in quotes, shortened, on one line and without control characters. */
    public static String quote(String text) {
        StringBuilder line = new StringBuilder(SHOWN_MAX + 2).append('\'');
        String shown = text.length() > SHOWN_MAX ? text.substring(0, SHOWN_MAX - 3) + "..." : text;
        for (int i = 0; i < shown.length(); i++) {
            char c = shown.charAt(i);
            line.append(c == 0 ? "\\0" : Character.isISOControl(c) ? " " : c);
        }
        return line.append('\'').toString();
    }

    private static Reading text(String text, Form form, String shown, boolean digits) {
        if (form != Form.PLAIN && form != Form.VALUE) {
            return Reading.of(text);
        }
        Object meant = PlainScalar.resolve(text);
        if (meant instanceof Boolean) {
            return Reading.bad(shown + " is a flag, text is needed", QUOTES);
        }
        if (!digits && (meant instanceof Number || form == Form.VALUE)) {
            return Reading.bad(shown + " is a number, text is needed", QUOTES);
        }
        return Reading.of(text);
    }

    private static Reading path(String text, Form form, String shown) {
        String why = FileReason.noPath(text);
        return why == null
                ? text(text, form, shown, false)
                : Reading.bad(shown + " is no path: " + why, "name a file or a folder");
    }

    private static Reading number(ConfigKey key, String text, Form form, String shown) {
        if (form == Form.QUOTED) {
            return Reading.bad(shown + " is text, a number is needed", "write it without quotes");
        }
        if (!text.matches("[+-]?[0-9][0-9_]{0,24}")) {
            return Reading.bad(shown + " is no whole number", "write a number" + rangeText(key, String::valueOf));
        }
        try {
            return ranged(key, Long.parseLong(text.replace("_", "")), String::valueOf);
        } catch (NumberFormatException tooLong) {
            return Reading.bad(shown + " does not fit 64 bits", "write a number" + rangeText(key, String::valueOf));
        }
    }

    private static Reading flag(String text, Form form, String shown) {
        if (form != Form.QUOTED && (text.equals("true") || form == Form.ANY && text.equals("1"))) {
            return Reading.of(true);
        }
        if (form != Form.QUOTED && (text.equals("false") || form == Form.ANY && text.equals("0"))) {
            return Reading.of(false);
        }
        return Reading.bad(shown + " is neither true nor false", "write true or false, without quotes");
    }

    private static Reading quantity(
            ConfigKey key, String text, String shown, Function<String, OptionalLong> parse, String noun, String fix) {
        OptionalLong value = parse.apply(text);
        if (value.isEmpty()) {
            return Reading.bad(shown + " is no " + noun, fix);
        }
        return ranged(
                key,
                value.getAsLong(),
                key.type() == ConfigKey.Type.DURATION ? Quantity::durationText : Quantity::sizeText);
    }

    private static Reading choice(ConfigKey key, String text, String shown) {
        return key.choices().contains(text)
                ? Reading.of(text)
                : Reading.bad(shown + " is none of " + String.join(", ", key.choices()), choiceFix(key, text));
    }

    private static String choiceFix(ConfigKey key, String text) {
        String nearest = Nearest.find(text, key.choices());
        return nearest == null ? "write one of them" : "did you mean '" + nearest + "'?";
    }

    private static Reading address(String text, String shown) {
        Optional<Address> address = Address.parse(text);
        return address.isPresent() ? Reading.of(text) : Reading.bad(shown + " is no address", Address.FIX);
    }

    private static Reading ranged(ConfigKey key, long value, Function<Long, String> write) {
        if (value >= key.min() && value <= key.max()) {
            return Reading.of(value);
        }
        return Reading.bad(write.apply(value) + " is out of range", "write a value" + rangeText(key, write));
    }

    private static String rangeText(ConfigKey key, Function<Long, String> write) {
        boolean low = key.min() != Long.MIN_VALUE;
        boolean high = key.max() != Long.MAX_VALUE;
        if (low && high) {
            return " from " + write.apply(key.min()) + " to " + write.apply(key.max());
        }
        if (low) {
            return " of at least " + write.apply(key.min());
        }
        return high ? " of at most " + write.apply(key.max()) : "";
    }
}
