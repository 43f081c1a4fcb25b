package io.fluxrig.iso.codec;

import io.fluxrig.iso.encoding.Bcd;
import io.fluxrig.iso.encoding.Characters;
import io.fluxrig.iso.encoding.Digits;
import io.fluxrig.iso.encoding.Ebcdic;
import io.fluxrig.iso.encoding.Hex;
import io.fluxrig.iso.encoding.HexCharacters;
import io.fluxrig.iso.wire.CharClass;
import io.fluxrig.iso.wire.WireField;

/**
 * Checks a value's characters where they stand on the wire, as dense codes for a switch: the fast ones eight bytes a
 * step, the rest by table. Every check reports the first unit that fails, so that a refusal can name its byte.
 */
final class ValueCheck {

    static final int NONE = 0;
    static final int ASCII_DIGITS = 1;
    static final int ASCII_PRINTABLE = 2;
    static final int ASCII_TABLE = 3;
    static final int EBCDIC_DIGITS = 4;
    static final int CP037_TABLE = 5;
    static final int CP1047_TABLE = 6;
    static final int BCD_DIGITS = 7;
    static final int NIBBLES = 8;
    static final int SIGNED = 9;
    static final int HEX_ASCII = 10;
    static final int HEX_EBCDIC = 11;
    static final int ASCII_ALPHANUMERIC = 12;
    static final int HEX_ASCII_DIGITS = 13;
    static final int HEX_ASCII_TEXT = 14;
    static final int HEX_ASCII_BYTES = 15;

    private static final int N = Characters.bit(CharClass.N);
    private static final int SIGN_OR_DIGIT = Characters.bit(CharClass.XN);

    private ValueCheck() {}

    static int of(WireField field, int op) {
        CharClass chars = classOf(field);
        return switch (op) {
            case ValueOp.LATIN -> ofLatin(chars);
            case ValueOp.CP037 -> ofEbcdic(chars, CP037_TABLE);
            case ValueOp.CP1047 -> ofEbcdic(chars, CP1047_TABLE);
            case ValueOp.BCD, ValueOp.BCD_F, ValueOp.LBCD, ValueOp.LBCD_F -> ofBcd(chars);
            case ValueOp.SIGN_BCD -> SIGNED;
            case ValueOp.HEX_ASCII -> ofHex(chars);
            case ValueOp.HEX_EBCDIC -> HEX_EBCDIC;
            default -> NONE;
        };
    }

    /** The class of a field's characters; bytes have none, whatever the description that they were merged over says. */
    static CharClass classOf(WireField field) {
        return field.type().isBytes() ? CharClass.ANY : field.chars();
    }

    private static int ofLatin(CharClass chars) {
        return switch (chars) {
            case ANY -> NONE;
            case N -> ASCII_DIGITS;
            case ANS -> ASCII_PRINTABLE;
            case AN -> ASCII_ALPHANUMERIC;
            case XN -> SIGNED;
            default -> ASCII_TABLE;
        };
    }

    private static int ofHex(CharClass chars) {
        return switch (chars) {
            case N -> HEX_ASCII_DIGITS;
            case XN -> HEX_ASCII;
            case ANY -> HEX_ASCII_BYTES;
            default -> HEX_ASCII_TEXT;
        };
    }

    private static int ofEbcdic(CharClass chars, int table) {
        return switch (chars) {
            case ANY -> NONE;
            case N -> EBCDIC_DIGITS;
            case XN -> SIGNED;
            default -> table;
        };
    }

    private static int ofBcd(CharClass chars) {
        return switch (chars) {
            case ANY, HEX -> NONE;
            case N -> BCD_DIGITS;
            default -> NIBBLES;
        };
    }

    /** Whether values that lie side by side may be checked as one. */
    static boolean isBytewise(int check) {
        return check >= ASCII_DIGITS && check <= BCD_DIGITS || check >= ASCII_ALPHANUMERIC && check <= HEX_ASCII_BYTES;
    }

    /** Units that so many bytes are, for a check of bytes. */
    static int unitsOf(int check, int bytes) {
        return switch (check) {
            case BCD_DIGITS -> 2 * bytes;
            case HEX_ASCII_DIGITS, HEX_ASCII_TEXT, HEX_ASCII_BYTES -> bytes >> 1;
            default -> bytes;
        };
    }

    /** Whether the value passes; the common case, kept small for the compiler. */
    static boolean passes(int check, int op, int classBit, byte[] src, int at, int units, int bytes) {
        return switch (check) {
            case NONE -> true;
            case ASCII_DIGITS -> Digits.areAscii(src, at, bytes);
            case ASCII_PRINTABLE -> Characters.arePrintable(src, at, bytes);
            case ASCII_ALPHANUMERIC -> Characters.areAlphanumeric(src, at, bytes);
            case EBCDIC_DIGITS -> Digits.areEbcdic(src, at, bytes);
            case BCD_DIGITS -> Digits.areBcd(src, at, bytes) || firstOutside(check, op, classBit, src, at, units) < 0;
            case HEX_ASCII_DIGITS -> Digits.areAsciiInHex(src, at, bytes);
            case HEX_ASCII_TEXT -> HexCharacters.firstOutside(src, at, units, classBit) < 0;
            case HEX_ASCII_BYTES -> Hex.areDigits(src, at, bytes);
            default -> firstOutside(check, op, classBit, src, at, units) < 0;
        };
    }

    /** The first unit that fails, or -1. */
    static int firstOutside(int check, int op, int classBit, byte[] src, int at, int units) {
        return switch (check) {
            case ASCII_DIGITS, ASCII_PRINTABLE, ASCII_ALPHANUMERIC, ASCII_TABLE ->
                Characters.LATIN.firstOutside(src, at, units, classBit);
            case EBCDIC_DIGITS, CP037_TABLE -> Characters.CP037.firstOutside(src, at, units, classBit);
            case CP1047_TABLE -> Characters.CP1047.firstOutside(src, at, units, classBit);
            case BCD_DIGITS, NIBBLES -> nibbles(op, classBit, src, at, units);
            case SIGNED -> signed(op, src, at, units);
            case HEX_ASCII_DIGITS, HEX_ASCII_TEXT, HEX_ASCII_BYTES ->
                HexCharacters.firstOutside(src, at, units, classBit);
            case HEX_ASCII -> hex(null, classBit, src, at, units);
            case HEX_EBCDIC -> hex(Ebcdic.CP037, classBit, src, at, units);
            default -> -1;
        };
    }

    private static int nibbles(int op, int classBit, byte[] src, int at, int units) {
        int skip = op == ValueOp.BCD || op == ValueOp.BCD_F ? units & 1 : 0;
        for (int i = 0; i < units; i++) {
            if (!Characters.LATIN.has(Bcd.character(src, at, skip + i), classBit)) {
                return i;
            }
        }
        return -1;
    }

    private static int signed(int op, byte[] src, int at, int units) {
        if (units == 0) {
            return -1;
        }
        if (op == ValueOp.SIGN_BCD) {
            return isSign(Characters.LATIN, src[at]) ? shift(1, nibbles(ValueOp.BCD, N, src, at + 1, units - 1)) : 0;
        }
        Characters page =
                op == ValueOp.LATIN ? Characters.LATIN : op == ValueOp.CP037 ? Characters.CP037 : Characters.CP1047;
        return isSign(page, src[at]) ? shift(1, page.firstOutside(src, at + 1, units - 1, N)) : 0;
    }

    private static int shift(int from, int index) {
        return index < 0 ? index : from + index;
    }

    private static boolean isSign(Characters page, int code) {
        return page.has(code, SIGN_OR_DIGIT) && !page.has(code, N);
    }

    private static int hex(Ebcdic page, int classBit, byte[] src, int at, int units) {
        for (int i = 0; i < units; i++) {
            int high = src[at + 2 * i];
            int low = src[at + 2 * i + 1];
            int octet = page == null ? Hex.octet(high, low) : Hex.octet(page.toLatin(high), page.toLatin(low));
            if (octet < 0 || !belongs(octet, i, classBit)) {
                return i;
            }
        }
        return -1;
    }

    private static boolean belongs(int character, int unit, int classBit) {
        if (classBit == SIGN_OR_DIGIT) {
            return unit == 0 ? isSign(Characters.LATIN, character) : Characters.LATIN.has(character, N);
        }
        return Characters.LATIN.has(character, classBit);
    }
}
