package io.fluxrig.iso.rule;

import io.fluxrig.iso.codec.FieldPath;
import io.fluxrig.iso.codec.IsoMessage;
import java.util.List;

/**
 * A compiled {@code when}: says whether a message meets it.
 *
 * <pre>
 *   condition := all ( "||" all )*
 *   all       := one ( "&amp;&amp;" one )*
 *   one       := "!" one | "(" condition ")" | "present" "(" name ")" | "true" | "false"
 *              | operand ( "==" | "!=" | "&lt;" | "&lt;=" | "&gt;" | "&gt;=" ) operand
 *   operand   := "field" "(" name ")" | "mti" | alias | 'text' | "text" | number
 *   name      := 4 | 55.9F02 | iso8583.field.4 | alias
 * </pre>
 *
 * <p>Two values compare as numbers if one is a number literal, or if each is declared a number by its format or is a
 * quoted literal of digits beside such a field: {@code 000000012345} equals {@code 12345}, {@code C} and {@code D} ahead
 * of an amount are its sign. Otherwise they compare byte by byte. A quoted literal beside a field of raw bytes is its
 * hexadecimal text. A field that is not there equals nothing and is neither above nor below anything, so that only
 * {@code !=} and {@code !} can be true of it.
 *
 * <p>Owned by one strip: a test uses scratch space of this object, wiped before it returns. {@link #test} allocates
 * nothing unless a compared value is longer than any before.
 */
public final class Condition {
    private final String text;
    private final Program program;
    private final List<FieldPath> reads;

    private Condition(String text, Program program, List<FieldPath> reads) {
        this.text = text;
        this.program = program;
        this.reads = reads;
    }

    /**
     * Compiles a condition.
     *
     * @param text the condition, at most 4096 characters
     * @param names what fields may be called
     * @throws RuleSyntaxException where it does not parse or names a field or alias that does not exist
     */
    public static Condition compile(String text, SpecNames names) throws RuleSyntaxException {
        Parser parser = new Parser(text, names);
        Program program = new Program(parser.parse());
        return new Condition(text, program, List.copyOf(parser.reads()));
    }

    /** Whether the message meets the condition. */
    public boolean test(IsoMessage message) {
        return program.test(message);
    }

    /** What the fields that a message has decide, whatever their values are. */
    public enum ByFields {
        /** {@link #test} is true of every message with just these fields. */
        MET,
        /** It is false of every such message. */
        NOT_MET,
        /** It depends on a value, or on a part of a field. */
        OPEN
    }

    /** What {@link #test} says of every message with just the same fields. */
    public ByFields decide(IsoMessage message) {
        return program.decide(message);
    }

    /** The fields that it looks at, each once, in order of appearance. */
    public List<FieldPath> reads() {
        return reads;
    }

    /** The condition as written. */
    @Override
    public String toString() {
        return text;
    }
}
