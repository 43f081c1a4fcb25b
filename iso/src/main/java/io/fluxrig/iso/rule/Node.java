package io.fluxrig.iso.rule;

import io.fluxrig.iso.codec.FieldPath;
import io.fluxrig.iso.codec.IsoMessage;

/** One step of a compiled condition. */
interface Node {
    boolean test(IsoMessage message);

    /** True or false. */
    record Constant(boolean value) implements Node {
        @Override
        public boolean test(IsoMessage message) {
            return value;
        }
    }

    /** Both. */
    record And(Node left, Node right) implements Node {
        @Override
        public boolean test(IsoMessage message) {
            return left.test(message) && right.test(message);
        }
    }

    /** Either. */
    record Or(Node left, Node right) implements Node {
        @Override
        public boolean test(IsoMessage message) {
            return left.test(message) || right.test(message);
        }
    }

    /** The contrary. */
    record Not(Node node) implements Node {
        @Override
        public boolean test(IsoMessage message) {
            return !node.test(message);
        }
    }

    /** Whether a field is there. */
    record Present(FieldPath path) implements Node {
        @Override
        public boolean test(IsoMessage message) {
            return path.depth() == 0 ? message.has(path.field()) : message.has(path);
        }
    }

    /** Whether a field is these bytes; the hexadecimal reading counts if the field is raw bytes. */
    record Equal(FieldPath path, byte[] literal, byte[] hex) implements Node {
        @Override
        public boolean test(IsoMessage message) {
            byte[] wanted = hex != null && Value.kind(message, path) == IsoMessage.BYTES ? hex : literal;
            return path.depth() == 0 ? message.valueEquals(path.field(), wanted) : message.valueEquals(path, wanted);
        }
    }

    /** Compares two values; holds scratch space. */
    final class Compare implements Node {
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
}
