package io.fluxrig.engine.gears.macro;

import io.fluxrig.iso.codec.FieldPath;
import io.fluxrig.iso.codec.IsoMessage;
import io.fluxrig.iso.spec.Spec;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

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

    private static final Pattern PART = Pattern.compile("\\$\\$|\\$([A-Z]+)(?:\\(([^()]*)\\))?|\\$|[^$]+");

    private final Macro[] parts;

    private ValueTemplate(List<Macro> parts) {
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
        Matcher matcher = PART.matcher(text);
        while (matcher.find()) {
            String part = matcher.group();
            if (part.equals("$")) {
                throw new MacroSyntaxException(
                        "a $ that begins no macro at character " + (matcher.start() + 1) + "; write $$ for a dollar");
            }
            if (matcher.group(1) != null) {
                parts.add(Macros.compile(matcher.group(1), matcher.group(2), target, spec));
            } else {
                parts.add(literal(part.equals("$$") ? "$" : part));
            }
        }
        return new ValueTemplate(parts);
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

    private static Macro literal(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        return (state, request, dst, at) -> {
            System.arraycopy(bytes, 0, dst, at, bytes.length);
            return bytes.length;
        };
    }
}
