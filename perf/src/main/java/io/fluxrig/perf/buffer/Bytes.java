package io.fluxrig.perf.buffer;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Reads and writes numbers in a {@code byte[]} at any offset, hashes and wipes ranges of it.
 *
 * <p>Big-endian ({@code Be}) is the order of wires; little-endian ({@code Le}) that of the machines we run on, for memory
 * that never leaves the process. Allocates nothing; an offset outside the array is an {@link IndexOutOfBoundsException}.
 */
public final class Bytes {

    private static final VarHandle LONG_BE = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle LONG_LE =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INT_BE = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle INT_LE = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle SHORT_BE = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);

    /** The fractions of the square roots of 2, 3 and 5, made odd: about half of their bits are set, and none was tuned. */
    private static final long MIX_A = 0x6A09_E667_F3BC_C909L;

    private static final long MIX_B = 0xBB67_AE85_84CA_A73BL;
    private static final long MIX_C = 0x3C6E_F372_FE94_F82BL;

    private Bytes() {}

    public static long longBe(byte[] bytes, int offset) {
        return (long) LONG_BE.get(bytes, offset);
    }

    public static void putLongBe(byte[] bytes, int offset, long value) {
        LONG_BE.set(bytes, offset, value);
    }

    public static long longLe(byte[] bytes, int offset) {
        return (long) LONG_LE.get(bytes, offset);
    }

    public static void putLongLe(byte[] bytes, int offset, long value) {
        LONG_LE.set(bytes, offset, value);
    }

    public static int intBe(byte[] bytes, int offset) {
        return (int) INT_BE.get(bytes, offset);
    }

    public static void putIntBe(byte[] bytes, int offset, int value) {
        INT_BE.set(bytes, offset, value);
    }

    public static int intLe(byte[] bytes, int offset) {
        return (int) INT_LE.get(bytes, offset);
    }

    public static void putIntLe(byte[] bytes, int offset, int value) {
        INT_LE.set(bytes, offset, value);
    }

    /** The two bytes at {@code offset} as 0 to 65,535, most significant first. */
    public static int shortBe(byte[] bytes, int offset) {
        return (short) SHORT_BE.get(bytes, offset) & 0xFFFF;
    }

    /** Writes the low 16 bits of {@code value}, most significant first. */
    public static void putShortBe(byte[] bytes, int offset, int value) {
        SHORT_BE.set(bytes, offset, (short) value);
    }

    /** {@link #hash64(byte[], int, int, long)} with seed 0. */
    public static long hash64(byte[] bytes, int offset, int length) {
        return hash64(bytes, offset, length, 0L);
    }

    /**
     * A 64-bit hash of a range, for tables in memory: eight bytes a step, the last step overlapping the one before where it
     * must, every input bit reaches every output bit. The same on every machine. Not a cryptographic one: where strangers choose the keys, pass a secret seed, and never store it as a
     * stand-in for a card number.
     */
    public static long hash64(byte[] bytes, int offset, int length, long seed) {
        long hash = seed ^ (length * MIX_A);
        int end = offset + length;
        if (length < Long.BYTES) {
            return mix64(length == 0 ? hash : fold(hash ^ upToSeven(bytes, offset, length), MIX_B));
        }
        int last = end - Long.BYTES;
        for (int index = offset; index < last; index += Long.BYTES) {
            hash = fold(hash ^ longLe(bytes, index), MIX_B);
        }
        return mix64(fold(hash ^ longLe(bytes, last), MIX_B));
    }

    /** Spreads the bits of a number over all 64: neighbours land far apart. Reversible, so no two numbers collide. */
    public static long mix64(long value) {
        long mixed = (value ^ (value >>> 32)) * MIX_C;
        mixed = (mixed ^ (mixed >>> 29)) * MIX_A;
        return mixed ^ (mixed >>> 32);
    }

    /** Overwrites a range with zeros; for bytes that were card data. */
    public static void wipe(byte[] bytes, int offset, int length) {
        Arrays.fill(bytes, offset, offset + length, (byte) 0);
    }

    /** Overwrites the whole array with zeros. */
    public static void wipe(byte[] bytes) {
        Arrays.fill(bytes, (byte) 0);
    }

    /** Whether two ranges of the same length hold the same bytes. From 4 to 16 are two words, overlapping where they must. */
    public static boolean equal(byte[] left, int leftOffset, byte[] right, int rightOffset, int length) {
        if (length >= Long.BYTES && length <= 2 * Long.BYTES) {
            int last = length - Long.BYTES;
            return longLe(left, leftOffset) == longLe(right, rightOffset)
                    && longLe(left, leftOffset + last) == longLe(right, rightOffset + last);
        }
        if (length >= Integer.BYTES && length < Long.BYTES) {
            int last = length - Integer.BYTES;
            return intLe(left, leftOffset) == intLe(right, rightOffset)
                    && intLe(left, leftOffset + last) == intLe(right, rightOffset + last);
        }
        return Arrays.equals(left, leftOffset, leftOffset + length, right, rightOffset, rightOffset + length);
    }

    private static long fold(long value, long factor) {
        long product = value * factor;
        return Long.rotateLeft(product, 31) ^ (product >>> 29);
    }

    /** One to seven bytes as a number; with their count, no two ranges give the same one. */
    private static long upToSeven(byte[] bytes, int offset, int length) {
        int end = offset + length;
        if (length >= Integer.BYTES) {
            return (long) intLe(bytes, end - Integer.BYTES) << Integer.SIZE | intLe(bytes, offset) & 0xFFFF_FFFFL;
        }
        return (bytes[offset] & 0xFFL) << 16 | (bytes[offset + length / 2] & 0xFFL) << 8 | bytes[end - 1] & 0xFFL;
    }
}
