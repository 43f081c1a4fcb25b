package io.fluxrig.engine.gears.macro;

import io.fluxrig.iso.codec.FieldPath;
import io.fluxrig.iso.codec.IsoMessage;
import io.fluxrig.iso.spec.Spec;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A value of a scenario, compiled: literal characters and macros in any mixture.
 *
 * <pre>
 *   "00"   "$AUTH"   "T$SEQ(0001)"   "$RAND(100,99999)"   "$$" is one dollar
 *
 *   $PAN(prefix,len)   a card number with its check digit     $STAN   six digits counting up
 *   $RRN               YDDDHH and six digits counting up      $SEQ(start)   counting up from start, as wide as start
 *   $RAND(min,max)     at least as wide as min                $UUID   36 characters
 *   $NOW  $NOW(MMdd)   the moment in UTC, as the field wants it or as the pattern says
 *   $AUTH              six letters and digits                 $ENUM  $ENUM(a,b)   one of the spec's values, or of these
 *   $ECHO(field)       the request's value, nothing if absent $INVALID   breaks the field's meaning, not its length
 *   $REASON            the response code for error.reason
 * </pre>
 *
 * Compiled for each strip, since {@code $SEQ} counts. Strip thread only; writing allocates nothing.
 */
public final class ValueTemplate {
    /** Longest value, in bytes. */
    public static final int LENGTH_MAX = 9999;

    private final Macro[] parts;
    private final String constant;

    private ValueTemplate(List<Macro> parts, String constant) {
        this.constant = constant;
        this.parts = parts.toArray(new Macro[0]);
    }

    /**
     * Compiles a value.
     *
     * @param target the field it is for
     * @param spec the dialect, for {@code $ENUM}, {@code $INVALID} and aliases; may be null
     * @throws MacroSyntaxException saying what is wrong
     */
    public static ValueTemplate compile(String text, FieldPath target, Spec spec) throws MacroSyntaxException {
        List<Macro> parts = new ArrayList<>();
        String constant = "";
        int at = 0;
        while (at < text.length()) {
            int dollar = text.indexOf('$', at);
            if (dollar != at) {
                int end = dollar < 0 ? text.length() : dollar;
                parts.add(literal(text.substring(at, end)));
                constant = constant == null ? null : constant + text.substring(at, end);
                at = end;
            } else if (text.startsWith("$$", at)) {
                parts.add(literal("$"));
                constant = constant == null ? null : constant + "$";
                at += 2;
            } else {
                constant = null;
                at = macro(text, at, target, spec, parts);
            }
        }
        return new ValueTemplate(parts, constant);
    }

    /** The value if it is always the same, null if a macro makes it. */
    String constant() {
        return constant;
    }

    /**
     * Writes the value.
     *
     * @param request the message that {@code $ECHO} reads
     * @param dst has {@link #LENGTH_MAX} bytes of room from {@code at}
     * @return bytes written, or -1 if there is no value
     */
    public int write(MacroState state, IsoMessage request, byte[] dst, int at) {
        int written = 0;
        for (Macro part : parts) {
            int length = part.write(state, request, dst, at + written);
            if (length < 0) {
                return Macro.ABSENT;
            }
            written += length;
        }
        return written;
    }

    /** Compiles the macro that begins at a dollar; where it ends. */
    private static int macro(String text, int dollar, FieldPath target, Spec spec, List<Macro> parts)
            throws MacroSyntaxException {
        int end = dollar + 1;
        while (end < text.length() && text.charAt(end) >= 'A' && text.charAt(end) <= 'Z') {
            end++;
        }
        if (end == dollar + 1) {
            throw new MacroSyntaxException(
                    "a $ that begins no macro at character " + (dollar + 1) + "; write $$ for a dollar");
        }
        String name = text.substring(dollar + 1, end);
        boolean called = end < text.length() && text.charAt(end) == '(';
        int close = called ? text.indexOf(')', end) : -1;
        if (called && close < 0) {
            throw new MacroSyntaxException("$" + name + "( has no closing parenthesis");
        }
        parts.add(Macros.compile(name, called ? text.substring(end + 1, close) : null, target, spec));
        return called ? close + 1 : end;
    }

    private static Macro literal(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        return (state, request, dst, at) -> {
            System.arraycopy(bytes, 0, dst, at, bytes.length);
            return bytes.length;
        };
    }
}
