package io.fluxrig.iso.rule;

import io.fluxrig.iso.codec.FieldPath;
import io.fluxrig.iso.codec.IsoMessage;
import io.fluxrig.iso.codec.ValueView;
import io.fluxrig.iso.encoding.Digits;
import io.fluxrig.perf.buffer.Bytes;

/** One step of a condition as it was parsed; {@link Program} puts them in a row. */
sealed interface Node {
    /** True or false. */
    record Constant(boolean value) implements Node {}

    /** Both. */
    record And(Node left, Node right) implements Node {}

    /** Either. */
    record Or(Node left, Node right) implements Node {}

    /** The contrary. */
    record Not(Node node) implements Node {}

    /** What is asked of a message; allocates nothing. */
    sealed interface Leaf extends Node {
        boolean test(IsoMessage message);
    }

    /** Whether a field is there. */
    record Present(FieldPath path) implements Leaf {
        @Override
        public boolean test(IsoMessage message) {
            return path.depth() == 0 ? message.has(path.field()) : message.has(path);
        }
    }

    /** Whether a field is these bytes; the hexadecimal reading counts if the field is raw bytes. */
    record Equal(FieldPath path, byte[] literal, byte[] hex, ValueView view) implements Leaf {
        @Override
        public boolean test(IsoMessage message) {
            if (!show(view, message, path)) {
                return false;
            }
            boolean raw = hex != null && view.isRaw() && message.kind(path) != IsoMessage.TREE;
            byte[] wanted = raw ? hex : literal;
            boolean same = view.length() == wanted.length
                    && Bytes.equal(view.bytes(), view.offset(), wanted, 0, wanted.length);
            view.wipe();
            return same;
        }
    }

    /**
     * Compares a field with a number, in place where the field is a text of digits.
     *
     * @param digits the number without leading zeros
     * @param otherwise the same for signs, packed digits and what is no number
     */
    record CompareNumber(FieldPath path, Operator operator, byte[] digits, ValueView view, Compare otherwise)
            implements Leaf {
        private static final long EIGHT_ZEROS = 0x3030_3030_3030_3030L;

        @Override
        public boolean test(IsoMessage message) {
            if (!show(view, message, path)) {
                return operator == Operator.NOT_EQUAL;
            }
            byte[] bytes = view.bytes();
            int from = view.offset();
            int to = from + view.length();
            if (view.isRaw() || from == to || !Digits.areAscii(bytes, from, to - from)) {
                view.wipe();
                return otherwise.test(message);
            }
            while (to - from >= Long.BYTES && Bytes.longLe(bytes, from) == EIGHT_ZEROS) {
                from += Long.BYTES;
            }
            while (from < to && bytes[from] == '0') {
                from++;
            }
            int comparison = Integer.compare(to - from, digits.length);
            for (int i = 0; comparison == 0 && i < digits.length; i++) {
                comparison = Byte.compare(bytes[from + i], digits[i]);
            }
            view.wipe();
            return operator.holds(comparison);
        }
    }

    /** Compares two values; holds scratch space. */
    final class Compare implements Leaf {
        private final Value left;
        private final Value right;
        private final Operator operator;
        private final boolean numeric;

        Compare(Value left, Operator operator, Value right, boolean numeric) {
            this.left = left;
            this.operator = operator;
            this.right = right;
            this.numeric = numeric;
        }

        @Override
        public boolean test(IsoMessage message) {
            try {
                if (!left.load(message, numeric) || !right.load(message, numeric)) {
                    return operator == Operator.NOT_EQUAL;
                }
                boolean hex = !numeric && left.rawBytes() != right.rawBytes();
                if (hex && !(left.toRaw() && right.toRaw())) {
                    return operator == Operator.NOT_EQUAL;
                }
                return operator.holds(numeric ? left.compareNumbers(right) : left.compareBytes(right));
            } finally {
                left.forget();
                right.forget();
            }
        }
    }

    private static boolean show(ValueView view, IsoMessage message, FieldPath path) {
        if (path.depth() > 0 || path.field() == 0) {
            return view.show(message, path);
        }
        boolean there = message.has(path.field());
        if (there) {
            view.showPresent(message, path.field());
        }
        return there;
    }
}
