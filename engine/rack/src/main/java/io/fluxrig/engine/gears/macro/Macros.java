package io.fluxrig.engine.gears.macro;

import io.fluxrig.iso.codec.FieldPath;
import io.fluxrig.iso.spec.FieldMeaning;
import io.fluxrig.iso.spec.Format;
import io.fluxrig.iso.spec.Spec;
import io.fluxrig.iso.wire.WireField;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The macros by name. */
final class Macros {
    private static final byte[] AUTH_CHARACTERS =
            "ABCDEFGHJKLMNPQRSTUVWXYZ0123456789".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    private static final int AUTH_LENGTH = 6;
    private static final int PAN_LENGTH = 16;
    private static final String NAMES =
            "$PAN, $STAN, $RRN, $SEQ, $RAND, $UUID, $NOW, $AUTH, $ENUM, $ECHO, $INVALID or $REASON";

    private Macros() {}

    /** @param arguments what stood between the parentheses, null if there were none */
    static Macro compile(String name, String arguments, FieldPath target, Spec spec) throws MacroSyntaxException {
        List<String> given = arguments == null || arguments.isBlank() ? List.of() : List.of(arguments.split(",", -1));
        List<String> args = given.stream().map(String::trim).toList();
        return switch (name) {
            case "PAN" -> pan(args);
            case "STAN" -> (state, request, dst, at) -> Digits.write(state.nextStan(), 6, dst, at);
            case "RRN" -> Macros::reference;
            case "SEQ" -> sequence(args);
            case "RAND" -> random(args);
            case "UUID" -> Macros::uuid;
            case "NOW" -> now(args, target, spec);
            case "AUTH" -> Macros::auth;
            case "ENUM" -> choice(args, target, spec);
            case "ECHO" -> echo(args, spec);
            case "INVALID" -> invalid(target, spec);
            case "REASON" -> (state, request, dst, at) -> ascii(ResponseCodes.of(state.reason()), dst, at);
            default -> throw new MacroSyntaxException("there is no macro $" + name + "; write " + NAMES);
        };
    }

    private static Macro pan(List<String> args) throws MacroSyntaxException {
        String prefix = args.isEmpty() ? "4" : args.get(0);
        int length = args.size() > 1 ? (int) number(args.get(1), "PAN") : PAN_LENGTH;
        if (!prefix.matches("[0-9]{1,18}") || length < 8 || length > 19 || prefix.length() >= length) {
            throw new MacroSyntaxException(
                    "$PAN needs a prefix of digits and a length from 8 to 19 above the prefix's");
        }
        return (state, request, dst, at) -> {
            int written = ascii(prefix, dst, at);
            for (; written < length - 1; written++) {
                dst[at + written] = (byte) ('0' + state.below(10));
            }
            dst[at + written] = (byte) ('0' + Digits.luhn(dst, at, at + written));
            return length;
        };
    }

    private static int reference(MacroState state, Object request, byte[] dst, int at) {
        long now = state.epochSeconds();
        int written = Digits.moment(now, "yyDDDHH", dst, at);
        System.arraycopy(dst, at + 1, dst, at, written - 1);
        return written - 1 + Digits.write(state.nextReference(), 6, dst, at + written - 1);
    }

    private static Macro sequence(List<String> args) throws MacroSyntaxException {
        String start = args.isEmpty() ? "1" : args.get(0);
        long first = number(start, "SEQ");
        long[] count = {0};
        return (state, request, dst, at) ->
                Digits.write(first + state.interleaved(count[0]++), start.length(), dst, at);
    }

    private static Macro random(List<String> args) throws MacroSyntaxException {
        if (args.size() != 2) {
            throw new MacroSyntaxException("$RAND needs two numbers: $RAND(min,max)");
        }
        long min = number(args.get(0), "RAND");
        long max = number(args.get(1), "RAND");
        if (max < min) {
            throw new MacroSyntaxException("$RAND(" + min + "," + max + "): max is below min");
        }
        int width = args.get(0).length();
        return (state, request, dst, at) -> Digits.write(min + state.below(max - min + 1), width, dst, at);
    }

    private static int uuid(MacroState state, Object request, byte[] dst, int at) {
        int written = 0;
        long bits = 0;
        for (int digit = 0; digit < 32; digit++) {
            if (digit % 16 == 0) {
                bits = state.bits();
            }
            if (digit == 8 || digit == 12 || digit == 16 || digit == 20) {
                dst[at + written++] = '-';
            }
            int value = (int) (bits >>> 60);
            bits <<= 4;
            value = digit == 12 ? 4 : digit == 16 ? 8 | value & 3 : value;
            dst[at + written++] = HEX[value];
        }
        return written;
    }

    private static int auth(MacroState state, Object request, byte[] dst, int at) {
        for (int i = 0; i < AUTH_LENGTH; i++) {
            dst[at + i] = AUTH_CHARACTERS[(int) state.below(AUTH_CHARACTERS.length)];
        }
        return AUTH_LENGTH;
    }

    private static Macro now(List<String> args, FieldPath target, Spec spec) {
        String pattern = args.isEmpty() ? pattern(target, spec) : args.get(0);
        return (state, request, dst, at) -> Digits.moment(state.epochSeconds(), pattern, dst, at);
    }

    /** The layout that the spec declares, else that of ISO 8583:1987. */
    private static String pattern(FieldPath target, Spec spec) {
        FieldMeaning meaning = spec == null ? null : spec.meaning(target);
        Format format = meaning == null ? null : meaning.format();
        if (format != null && !format.layout().isEmpty()) {
            return format.layout();
        }
        return switch (target.field()) {
            case 12 -> "HHmmss";
            case 13, 15, 16, 17, 18 -> "MMdd";
            case 14 -> "yyMM";
            case 73 -> "yyMMdd";
            default -> "MMddHHmmss";
        };
    }

    private static Macro choice(List<String> args, FieldPath target, Spec spec) throws MacroSyntaxException {
        FieldMeaning meaning = spec == null ? null : spec.meaning(target);
        List<String> values = !args.isEmpty()
                ? args
                : meaning == null || meaning.values() == null
                        ? List.of()
                        : List.copyOf(meaning.values().values().keySet());
        if (values.isEmpty()) {
            throw new MacroSyntaxException("the spec lists no values for " + target + "; write them: $ENUM(a,b)");
        }
        String[] choices = values.toArray(new String[0]);
        return (state, request, dst, at) -> ascii(choices[(int) state.below(choices.length)], dst, at);
    }

    private static Macro echo(List<String> args, Spec spec) throws MacroSyntaxException {
        if (args.size() != 1) {
            throw new MacroSyntaxException("$ECHO needs one field: $ECHO(11)");
        }
        FieldPath path = path(args.get(0), spec);
        return (state, request, dst, at) -> {
            int length = request.length(path);
            return length < 0 || length > ValueTemplate.LENGTH_MAX ? Macro.ABSENT : request.copyTo(path, dst, at);
        };
    }

    private static Macro invalid(FieldPath target, Spec spec) throws MacroSyntaxException {
        WireField field = spec == null ? null : spec.wire().fields().get(target.field());
        if (field == null || target.depth() > 0) {
            throw new MacroSyntaxException("$INVALID needs spec_path and a whole field of that spec");
        }
        int length = Math.min(field.length(), target.field() == 2 ? PAN_LENGTH : ValueTemplate.LENGTH_MAX);
        boolean pan = target.field() == 2;
        return (state, request, dst, at) -> {
            for (int i = 0; i < length; i++) {
                dst[at + i] = '9';
            }
            if (pan) {
                int right = Digits.luhn(dst, at, at + length - 1);
                dst[at + length - 1] = (byte) ('0' + (right + 1) % 10);
            }
            return length;
        };
    }

    private static FieldPath path(String text, Spec spec) throws MacroSyntaxException {
        FieldPath known = spec == null ? null : spec.path(text);
        if (known != null) {
            return known;
        }
        try {
            return FieldPath.parse(text);
        } catch (IllegalArgumentException notOne) {
            throw new MacroSyntaxException(notOne.getMessage());
        }
    }

    private static long number(String text, String macro) throws MacroSyntaxException {
        if (!text.matches("[0-9]{1,18}")) {
            throw new MacroSyntaxException("$" + macro + " needs numbers of at most 18 digits, not '" + text + "'");
        }
        return Long.parseLong(text);
    }

    private static int ascii(String text, byte[] dst, int at) {
        for (int i = 0; i < text.length(); i++) {
            dst[at + i] = (byte) text.charAt(i);
        }
        return text.length();
    }
}
