package io.fluxrig.iso.codec;

import io.fluxrig.iso.encoding.Bcd;
import io.fluxrig.iso.encoding.Ebcdic;
import io.fluxrig.iso.encoding.Hex;
import io.fluxrig.iso.wire.Encoding;
import io.fluxrig.iso.wire.WireField;
import io.fluxrig.iso.wire.WireType;

/**
 * How a value's bytes become canonical, as dense codes for a switch. A <em>unit</em> is a character of text or a byte
 * of a value of bytes.
 */
final class ValueOp {

    static final int LATIN = 0;
    static final int CP037 = 1;
    static final int CP1047 = 2;
    static final int BCD = 3;
    static final int BCD_F = 4;
    static final int LBCD = 5;
    static final int LBCD_F = 6;
    static final int SIGN_BCD = 7;
    static final int RAW = 8;
    static final int HEX_ASCII = 9;
    static final int HEX_EBCDIC = 10;
    static final int HEX_TO_BYTES = 11;
    static final int COMPOSITE = 12;

    private ValueOp() {}

    static int of(WireField field) {
        if (field.type() == WireType.COMPOSITE) {
            return COMPOSITE;
        }
        return field.type().isBytes() ? ofBytes(field) : ofText(field.enc());
    }

    private static int ofText(Encoding enc) {
        return switch (enc) {
            case ASCII, BINARY -> LATIN;
            case EBCDIC -> CP037;
            case EBCDIC1047 -> CP1047;
            case BCD -> BCD;
            case BCD_F -> BCD_F;
            case LBCD -> LBCD;
            case LBCD_F -> LBCD_F;
            case SIGN_BCD -> SIGN_BCD;
            case HEX_ASCII -> HEX_ASCII;
            case HEX_EBCDIC -> HEX_EBCDIC;
            case HEX_TO_BYTES, BER_TLV_TAG -> HEX_TO_BYTES;
        };
    }

    private static int ofBytes(WireField field) {
        return switch (field.enc()) {
            case BINARY, ASCII, HEX_TO_BYTES -> RAW;
            case HEX_ASCII -> HEX_ASCII;
            case HEX_EBCDIC -> HEX_EBCDIC;
            default ->
                throw new IllegalArgumentException(
                        "field " + field.key() + ": type " + field.type() + " cannot be written in " + field.enc());
        };
    }

    /** Whether the canonical value is the wire's bytes as they stand. */
    static boolean isDirect(int op) {
        return op == LATIN || op == RAW || op == COMPOSITE;
    }

    /** Bytes that so many units take on the wire. */
    static int bytes(int op, int units) {
        return switch (op) {
            case BCD, BCD_F, LBCD, LBCD_F, HEX_TO_BYTES -> units + 1 >> 1;
            case SIGN_BCD -> units == 0 ? 0 : 1 + (units >> 1);
            case HEX_ASCII, HEX_EBCDIC -> units << 1;
            default -> units;
        };
    }

    /** The most units that so many bytes hold. */
    static int unitsMax(int op, int bytes) {
        return switch (op) {
            case BCD, BCD_F, LBCD, LBCD_F, HEX_TO_BYTES -> Math.min(bytes, Integer.MAX_VALUE >> 1) << 1;
            case SIGN_BCD -> bytes == 0 ? 0 : (Math.min(bytes, Integer.MAX_VALUE >> 1) << 1) - 1;
            case HEX_ASCII, HEX_EBCDIC -> bytes >> 1;
            default -> bytes;
        };
    }

    /** Units in so many bytes at {@code at}: an odd count of digits is told by a filler of F. */
    static int units(int op, int bytes, byte[] src, int at) {
        return switch (op) {
            case BCD, LBCD, HEX_TO_BYTES -> bytes << 1;
            case BCD_F -> (bytes << 1) - (bytes > 0 && (src[at] & 0xF0) == 0xF0 ? 1 : 0);
            case LBCD_F -> (bytes << 1) - (bytes > 0 && (src[at + bytes - 1] & 0xF) == 0xF ? 1 : 0);
            case SIGN_BCD -> bytes == 0 ? 0 : (bytes << 1) - 1;
            case HEX_ASCII, HEX_EBCDIC -> bytes >> 1;
            default -> bytes;
        };
    }

    /** The byte, from the value's first, in which a unit stands. */
    static int byteOf(int op, int unit, int units) {
        return switch (op) {
            case BCD, BCD_F -> (units & 1) + unit >> 1;
            case LBCD, LBCD_F, HEX_TO_BYTES -> unit >> 1;
            case SIGN_BCD -> unit == 0 ? 0 : 1 + ((units - 1 & 1) + unit - 1 >> 1);
            case HEX_ASCII, HEX_EBCDIC -> unit << 1;
            default -> unit;
        };
    }

    /** Writes the canonical value of {@code units} units. */
    static void decode(int op, boolean separators, byte[] src, int at, int units, byte[] dst, int dstOffset) {
        switch (op) {
            case CP037 -> Ebcdic.CP037.decode(src, at, units, dst, dstOffset);
            case CP1047 -> Ebcdic.CP1047.decode(src, at, units, dst, dstOffset);
            case BCD, BCD_F -> Bcd.decode(src, at, units & 1, units, separators, dst, dstOffset);
            case LBCD, LBCD_F -> Bcd.decode(src, at, 0, units, separators, dst, dstOffset);
            case SIGN_BCD -> {
                if (units > 0) {
                    dst[dstOffset] = src[at];
                    Bcd.decode(src, at + 1, units - 1 & 1, units - 1, separators, dst, dstOffset + 1);
                }
            }
            case HEX_ASCII -> Hex.decode(src, at, units, dst, dstOffset);
            case HEX_EBCDIC -> decodeEbcdicHex(src, at, units, dst, dstOffset);
            case HEX_TO_BYTES -> Bcd.decode(src, at, units & 1, units, false, dst, dstOffset);
            default -> System.arraycopy(src, at, dst, dstOffset, units);
        }
    }

    private static void decodeEbcdicHex(byte[] src, int at, int bytes, byte[] dst, int dstOffset) {
        for (int i = 0; i < bytes; i++) {
            int high = Ebcdic.CP037.toLatin(src[at + 2 * i]);
            int low = Ebcdic.CP037.toLatin(src[at + 2 * i + 1]);
            dst[dstOffset + i] = (byte) Hex.octet(high, low);
        }
    }

    /** Writes the wire's bytes of a canonical value whose characters have been checked. */
    static void encode(int op, byte[] src, int offset, int units, byte[] dst, int at) {
        switch (op) {
            case CP037 -> Ebcdic.CP037.encode(src, offset, units, dst, at);
            case CP1047 -> Ebcdic.CP1047.encode(src, offset, units, dst, at);
            case BCD, HEX_TO_BYTES -> Bcd.encode(src, offset, units, false, 0, dst, at);
            case BCD_F -> Bcd.encode(src, offset, units, false, 0xF, dst, at);
            case LBCD -> Bcd.encode(src, offset, units, true, 0, dst, at);
            case LBCD_F -> Bcd.encode(src, offset, units, true, 0xF, dst, at);
            case SIGN_BCD -> {
                if (units > 0) {
                    dst[at] = src[offset];
                    Bcd.encode(src, offset + 1, units - 1, false, 0, dst, at + 1);
                }
            }
            case HEX_ASCII -> Hex.encode(src, offset, units, dst, at);
            case HEX_EBCDIC -> {
                Hex.encode(src, offset, units, dst, at);
                Ebcdic.CP037.encode(dst, at, units << 1, dst, at);
            }
            default -> System.arraycopy(src, offset, dst, at, units);
        }
    }
}
