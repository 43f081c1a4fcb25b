package io.fluxrig.transport.cbor;

/**
 * Simple values, and floats in the shortest of half, single and double precision that keeps a number's value (RFC 8949, 4.2.1).
 */
final class Floats {
    /** The one NaN of deterministic encoding, as half precision. */
    static final int HALF_NAN = 0x7E00;

    private static final int HALF_EXPONENT_MIN = -24;

    private Floats() {}

    /**
     * What is wrong with an item of major type 7.
     *
     * @param info the low five bits of its first byte
     * @param argument the bits behind it
     */
    static int faultOf(int info, long argument) {
        boolean sound = switch (info) {
            case 24 -> argument >= 32;
            case 25 -> (argument & 0x7C00) != 0x7C00 || (argument & 0x3FF) == 0 || argument == HALF_NAN;
            case 26 -> !fitsHalf(Float.intBitsToFloat((int) argument));
            case 27 -> !fitsSingle(Double.longBitsToDouble(argument));
            default -> true;
        };
        return sound ? CborFault.NONE : info == 24 ? CborFault.MALFORMED : CborFault.NOT_DETERMINISTIC;
    }

    /** Whether half precision keeps this value. */
    static boolean fitsHalf(float value) {
        if (Float.isNaN(value) || Float.isInfinite(value) || value == 0f) {
            return true;
        }
        int exponent = Math.getExponent(value);
        if (exponent > 15 || exponent < HALF_EXPONENT_MIN) {
            return false;
        }
        int fractionBits = exponent < -14 ? 24 + exponent : 10;
        int fraction = Float.floatToRawIntBits(value) & 0x7F_FFFF;
        return (fraction & ((1 << (23 - fractionBits)) - 1)) == 0;
    }

    /** The bits of a value that {@link #fitsHalf}. */
    static int toHalf(float value) {
        if (Float.isNaN(value)) {
            return HALF_NAN;
        }
        int bits = Float.floatToRawIntBits(value);
        int sign = bits >>> 16 & 0x8000;
        if (value == 0f) {
            return sign;
        }
        if (Float.isInfinite(value)) {
            return sign | 0x7C00;
        }
        int exponent = Math.getExponent(value);
        int fraction = bits & 0x7F_FFFF;
        if (exponent < -14) {
            return sign | (fraction | 0x80_0000) >> (-1 - exponent);
        }
        return sign | (exponent + 15) << 10 | fraction >> 13;
    }

    static float fromHalf(int half) {
        int exponent = half >> 10 & 0x1F;
        int fraction = half & 0x3FF;
        float magnitude;
        if (exponent == 0) {
            magnitude = fraction * 0x1p-24f;
        } else if (exponent == 31) {
            magnitude = fraction == 0 ? Float.POSITIVE_INFINITY : Float.NaN;
        } else {
            magnitude = Float.intBitsToFloat(exponent + 112 << 23 | fraction << 13);
        }
        return (half & 0x8000) == 0 ? magnitude : -magnitude;
    }

    /** Whether single precision keeps this value; a NaN never needs more than a half. */
    static boolean fitsSingle(double value) {
        return Double.isNaN(value) || Double.doubleToRawLongBits((float) value) == Double.doubleToRawLongBits(value);
    }
}
