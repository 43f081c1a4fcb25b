package io.fluxrig.iso.rule;

import io.fluxrig.iso.codec.FieldPath;
import io.fluxrig.iso.codec.IsoMessage;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * One side of a comparison: a field of the message under test, or a literal. Loaded into scratch space, compared, and
 * forgotten, so that no card number stays behind.
 */
final class Value {
    private static final int SCRATCH_BYTES = 64;

    private final FieldPath path;
    private final byte[] literal;
    private final byte[] literalHex;
    private byte[] bytes;
    private int length;
    private boolean raw;
    private boolean negative;

    private Value(FieldPath path, byte[] literal) {
        this.path = path;
        this.literal = literal;
        this.literalHex = literal == null ? null : hex(literal);
        this.bytes = literal == null ? new byte[SCRATCH_BYTES] : literal;
    }

    static Value field(FieldPath path) {
        return new Value(path, null);
    }

    static Value literal(String text) {
        return new Value(null, text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** The path, or null for a literal. */
    FieldPath path() {
        return path;
    }

    byte[] literalBytes() {
        return literal;
    }

    byte[] literalHex() {
        return literalHex;
    }

    static int kind(IsoMessage message, FieldPath path) {
        return path.depth() == 0 ? message.kind(path.field()) : message.kind(path);
    }

    /** Fetches the value; false if it is not there, or was to be a number and is none. */
    boolean load(IsoMessage message, boolean numeric) {
        raw = false;
        negative = false;
        if (path == null) {
            bytes = literal;
            length = literal.length;
        } else {
            length = path.depth() == 0 ? message.length(path.field()) : message.length(path);
            if (length < 0) {
                length = 0;
                return false;
            }
            int room = Math.max(length, 1) * 2;
            if (bytes.length < room) {
                bytes = new byte[room];
            }
            raw = kind(message, path) == IsoMessage.BYTES;
            if (path.depth() == 0) {
                message.copyTo(path.field(), bytes, 0);
            } else {
                message.copyTo(path, bytes, 0);
            }
        }
        return !numeric || toDigits();
    }

    boolean rawBytes() {
        return raw;
    }

    /** Turns a literal into the bytes that it spells, beside a field of raw bytes; false if it spells none. */
    boolean toRaw() {
        if (raw) {
            return true;
        }
        if (literalHex == null) {
            return false;
        }
        bytes = literalHex;
        length = literalHex.length;
        return true;
    }

    /** Turns the bytes of a number into digits in place, with the sign taken off; false if they are no number. */
    private boolean toDigits() {
        if (raw) {
            for (int i = length - 1; i >= 0; i--) {
                int b = bytes[i] & 0xff;
                bytes[2 * i] = (byte) ('0' + (b >>> 4));
                bytes[2 * i + 1] = (byte) ('0' + (b & 15));
            }
            length *= 2;
        }
        int from = 0;
        if (length > 1 && signed(bytes[0])) {
            negative = bytes[0] == 'D' || bytes[0] == '-';
            from = 1;
        }
        for (int i = from; i < length; i++) {
            if (bytes[i] < '0' || bytes[i] > '9') {
                return false;
            }
        }
        return length > from;
    }

    private static boolean signed(byte b) {
        return b == 'C' || b == 'D' || b == '-' || b == '+';
    }

    int compareBytes(Value other) {
        return Arrays.compareUnsigned(bytes, 0, length, other.bytes, 0, other.length);
    }

    int compareNumbers(Value other) {
        int from = firstDigit();
        int otherFrom = other.firstDigit();
        int digits = length - from;
        int otherDigits = other.length - otherFrom;
        if (digits == 0 && otherDigits == 0) {
            return 0;
        }
        if (negative != other.negative) {
            return digits == 0 || otherDigits == 0 ? signOf(digits, other) : negative ? -1 : 1;
        }
        int size = digits != otherDigits
                ? Integer.compare(digits, otherDigits)
                : Arrays.compareUnsigned(bytes, from, length, other.bytes, otherFrom, other.length);
        return negative ? -size : size;
    }

    /** One of the two is zero: how this one compares. */
    private int signOf(int digits, Value other) {
        if (digits == 0) {
            return other.negative ? 1 : -1;
        }
        return negative ? -1 : 1;
    }

    /** Index of the first digit that is neither sign nor leading zero. */
    private int firstDigit() {
        int from = 0;
        while (from < length && (bytes[from] == '0' || from == 0 && signed(bytes[0]))) {
            from++;
        }
        return from;
    }

    /** Wipes a field's value. */
    void forget() {
        if (path != null) {
            Arrays.fill(bytes, 0, length, (byte) 0);
        }
    }

    private static byte[] hex(byte[] text) {
        if (text.length % 2 != 0) {
            return null;
        }
        byte[] out = new byte[text.length / 2];
        for (int i = 0; i < text.length; i++) {
            int digit = Character.digit(text[i], 16);
            if (digit < 0) {
                return null;
            }
            out[i / 2] = (byte) (out[i / 2] << 4 | digit);
        }
        return out;
    }
}
