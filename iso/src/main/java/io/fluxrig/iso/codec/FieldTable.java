package io.fluxrig.iso.codec;

import io.fluxrig.iso.wire.WireSpec;

/**
 * A compiled dialect: every field, part and group as eight ints in one array, so that walking a message follows
 * numbers. Op 0 is the MTI, ops 1 to 192 the DEs, parts of composites follow. Immutable.
 *
 * <pre>
 *   op * 8 +  HEAD          length op (4 bits) | value op (5) | check (5) | flags | padding byte (8)
 *             LENGTH_BYTES  bytes of the prefix
 *             MIN, MAX      units of the value (bytes of a composite)
 *             ROOM          bytes of MAX units on the wire
 *             CLASS         bit of the character class
 *             COMPOSITE     index into composites, or -1
 *             COUNT_SHIFT   1 where the prefix counts half bytes, else 0
 * </pre>
 */
final class FieldTable {

    static final int SHIFT = 3;
    static final int HEAD = 0;
    static final int LENGTH_BYTES = 1;
    static final int MIN = 2;
    static final int MAX = 3;
    static final int ROOM = 4;
    static final int CLASS = 5;
    static final int COMPOSITE = 6;
    static final int COUNT_SHIFT = 7;

    static final int LENGTH_OP = 0xF;
    static final int VALUE_OP_SHIFT = 4;
    static final int VALUE_OP = 0x1F;
    static final int CHECK_SHIFT = 9;
    static final int CHECK = 0x1F;
    static final int COUNTS_BYTES = 1 << 14;
    static final int FIXED_ROOM = 1 << 15;
    static final int STRIP = 1 << 16;
    static final int PAD_LEFT = 1 << 17;
    static final int PAD_RIGHT = 1 << 18;
    static final int SEPARATORS = 1 << 19;
    static final int BYTES = 1 << 20;
    static final int HEX_TEXT = 1 << 21;
    /** The canonical value is the wire's bytes as they stand. */
    static final int DIRECT = 1 << 22;

    /** Text of a fixed length, written as its ISO-8859-1 bytes. */
    static final int PLAIN = 1 << 23;

    static final int PAD_SHIFT = 24;

    /** The op of a DE that the dialect lacks has this head. */
    static final int UNDEFINED = -1;

    final WireSpec wire;
    final int[] ops;
    final CompositeOps[] composites;
    /** Defined DEs, DE 1 in the top bit of the first. */
    final long[] defined;

    final BitmapOps bitmap;

    FieldTable(WireSpec wire, int[] ops, CompositeOps[] composites, long[] defined, BitmapOps bitmap) {
        this.wire = wire;
        this.ops = ops;
        this.composites = composites;
        this.defined = defined;
        this.bitmap = bitmap;
    }

    int head(int op) {
        return ops[(op << SHIFT) + HEAD];
    }

    int max(int op) {
        return ops[(op << SHIFT) + MAX];
    }

    int cell(int op, int cell) {
        return ops[(op << SHIFT) + cell];
    }

    /** The composite of an op, or null. */
    CompositeOps composite(int op) {
        int index = ops[(op << SHIFT) + COMPOSITE];
        return index < 0 ? null : composites[index];
    }

    static int valueOp(int head) {
        return head >> VALUE_OP_SHIFT & VALUE_OP;
    }

    static int lengthOp(int head) {
        return head & LENGTH_OP;
    }

    static int check(int head) {
        return head >> CHECK_SHIFT & CHECK;
    }

    static boolean separators(int head) {
        return (head & SEPARATORS) != 0;
    }
}
