package io.fluxrig.iso.rule;

import io.fluxrig.iso.codec.FieldPath;
import io.fluxrig.iso.codec.ValueView;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Set;

/** Reads a condition by recursive descent, straight into nodes. One use. */
final class Parser {
    private static final int TEXT_MAX = 4096;
    private static final int DEPTH_MAX = 64;

    private final String text;
    private final SpecNames names;
    private final Set<FieldPath> reads = new LinkedHashSet<>();
    private int at;
    private int depth;

    Parser(String text, SpecNames names) {
        this.text = text;
        this.names = names;
    }

    Set<FieldPath> reads() {
        return reads;
    }

    Node parse() throws RuleSyntaxException {
        if (text.length() > TEXT_MAX) {
            throw new RuleSyntaxException(
                    TEXT_MAX, "at most " + TEXT_MAX + " characters", text.length() + " characters");
        }
        Node node = or();
        skipSpace();
        if (at < text.length()) {
            throw fault("&&, || or the end");
        }
        return node;
    }

    private Node or() throws RuleSyntaxException {
        Node node = and();
        while (take("||")) {
            node = new Node.Or(node, and());
        }
        return node;
    }

    private Node and() throws RuleSyntaxException {
        Node node = one();
        while (take("&&")) {
            node = new Node.And(node, one());
        }
        return node;
    }

    private Node one() throws RuleSyntaxException {
        if (++depth > DEPTH_MAX) {
            throw fault("at most " + DEPTH_MAX + " levels");
        }
        try {
            if (!startsWith("!=") && take("!")) {
                return new Node.Not(one());
            }
            if (take("(")) {
                Node node = or();
                expect(")");
                return node;
            }
            return test();
        } finally {
            depth--;
        }
    }

    private Node test() throws RuleSyntaxException {
        skipSpace();
        int start = at;
        String word = word();
        switch (word) {
            case "true":
                return new Node.Constant(true);
            case "false":
                return new Node.Constant(false);
            case "present":
                return new Node.Present(argument());
            default:
                at = start;
                return comparison();
        }
    }

    private Node comparison() throws RuleSyntaxException {
        Operand left = operand();
        Operator operator = operator();
        Operand right = operand();
        boolean numeric = left.isNumber()
                || right.isNumber()
                || left.mayBeNumber() && right.mayBeNumber() && (left.declared() || right.declared());
        if (!numeric && (operator == Operator.EQUAL || operator == Operator.NOT_EQUAL)) {
            Node equal = equal(left.value, right.value);
            if (equal != null) {
                return operator == Operator.EQUAL ? equal : new Node.Not(equal);
            }
        }
        Node.Compare compare = new Node.Compare(left.value, operator, right.value, numeric);
        byte[] digits = numeric && left.value.path() != null ? digits(right.value.literalBytes()) : null;
        return digits == null
                ? compare
                : new Node.CompareNumber(left.value.path(), operator, digits, new ValueView(), compare);
    }

    /** A literal's digits without leading zeros; null if it is none, or has others. */
    private static byte[] digits(byte[] literal) {
        if (literal == null) {
            return null;
        }
        for (byte digit : literal) {
            if (digit < '0' || digit > '9') {
                return null;
            }
        }
        int zeros = 0;
        while (zeros < literal.length && literal[zeros] == '0') {
            zeros++;
        }
        return literal.length == 0 ? null : Arrays.copyOfRange(literal, zeros, literal.length);
    }

    /** A field beside a literal needs no scratch space. */
    private static Node equal(Value left, Value right) {
        Value field = left.path() != null ? left : right;
        Value literal = field == left ? right : left;
        return field.path() == null || literal.path() != null
                ? null
                : new Node.Equal(field.path(), literal.literalBytes(), literal.literalHex(), new ValueView());
    }

    private Operator operator() throws RuleSyntaxException {
        for (Operator operator : Operator.values()) {
            if (take(operator.sign)) {
                return operator;
            }
        }
        throw fault("==, !=, <, <=, > or >=");
    }

    private Operand operand() throws RuleSyntaxException {
        skipSpace();
        if (at >= text.length()) {
            throw fault("field(N), mti, an alias or a literal");
        }
        char c = text.charAt(at);
        if (c == '\'' || c == '"') {
            return quoted(c);
        }
        if (c == '-' || c >= '0' && c <= '9') {
            return number();
        }
        int start = at;
        String word = word();
        if (word.isEmpty()) {
            throw fault("field(N), mti, an alias or a literal");
        }
        FieldPath path = word.equals("field") ? argument() : named(word, start);
        return new Operand(Value.field(path), names.numeric(path), false, false);
    }

    private Operand quoted(char quote) throws RuleSyntaxException {
        int end = text.indexOf(quote, at + 1);
        if (end < 0) {
            at = text.length();
            throw fault("a closing " + quote);
        }
        String literal = text.substring(at + 1, end);
        if (literal.chars().anyMatch(c -> c > 0xff)) {
            throw fault("characters of ISO-8859-1");
        }
        at = end + 1;
        boolean digits = !literal.isEmpty() && literal.chars().allMatch(c -> c >= '0' && c <= '9');
        return new Operand(Value.literal(literal), false, false, digits);
    }

    private Operand number() throws RuleSyntaxException {
        int start = at;
        if (text.charAt(at) == '-') {
            at++;
        }
        int digits = at;
        while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
            at++;
        }
        if (at == digits || at < text.length() && wordCharacter(text.charAt(at))) {
            throw fault("a whole number, or a literal in quotes");
        }
        return new Operand(Value.literal(text.substring(start, at)), false, true, true);
    }

    /** The parenthesised name behind {@code field} or {@code present}. */
    private FieldPath argument() throws RuleSyntaxException {
        expect("(");
        skipSpace();
        int start = at;
        while (at < text.length() && text.charAt(at) != ')' && text.charAt(at) != ' ') {
            at++;
        }
        String name = text.substring(start, at);
        if (name.isEmpty()) {
            throw fault("a field number, a path or an alias");
        }
        FieldPath path = named(name, start);
        expect(")");
        return path;
    }

    private FieldPath named(String name, int start) throws RuleSyntaxException {
        FieldPath path = names.resolve(name);
        if (path == null && (name.equals("mti") || name.startsWith("iso8583.") || Character.isDigit(name.charAt(0)))) {
            try {
                path = FieldPath.parse(name);
            } catch (IllegalArgumentException notAPath) {
                throw new RuleSyntaxException(start, "a field number from 0 to 192 or a path such as 55.9F02", name);
            }
        }
        if (path == null) {
            String nearest = Spelling.nearest(name, names.aliasNames());
            throw new RuleSyntaxException(
                    start, nearest == null ? "a field that the spec names" : "a known name such as " + nearest, name);
        }
        if (!names.defines(path)) {
            throw new RuleSyntaxException(start, "a field that the spec defines", name);
        }
        reads.add(path);
        return path;
    }

    private String word() {
        int start = at;
        while (at < text.length() && wordCharacter(text.charAt(at))) {
            at++;
        }
        return text.substring(start, at);
    }

    private static boolean wordCharacter(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '_' || c == '.';
    }

    private void skipSpace() {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
    }

    private boolean startsWith(String sign) {
        skipSpace();
        return text.startsWith(sign, at);
    }

    private boolean take(String sign) {
        if (!startsWith(sign)) {
            return false;
        }
        at += sign.length();
        return true;
    }

    private void expect(String sign) throws RuleSyntaxException {
        if (!take(sign)) {
            throw fault(sign);
        }
    }

    private RuleSyntaxException fault(String expected) {
        String found = at < text.length() ? "'" + text.charAt(at) + "'" : "the end";
        return new RuleSyntaxException(at, expected, found);
    }

    /** A side of a comparison and what is known of it at compile time. */
    private record Operand(Value value, boolean declared, boolean isNumber, boolean digits) {
        boolean mayBeNumber() {
            return declared || digits;
        }
    }
}
