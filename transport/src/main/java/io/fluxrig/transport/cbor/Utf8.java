package io.fluxrig.transport.cbor;

import io.fluxrig.perf.buffer.Bytes;

/** Checks and writes UTF-8 (RFC 3629: shortest forms, no surrogates, at most U+10FFFF) without allocating. */
final class Utf8 {
    private static final long HIGH_BITS = 0x8080_8080_8080_8080L;

    /** The high bits of the first eight bytes of a text, and of the next eight, by its length. */
    private static final long[] LOW = new long[17];

    private static final long[] HIGH = new long[17];

    static {
        for (int length = 1; length <= 16; length++) {
            LOW[length] = HIGH_BITS & -1L >>> Math.max(0, 64 - 8 * length);
            HIGH[length] = length <= 8 ? 0 : HIGH_BITS & -1L >>> 128 - 8 * length;
        }
    }

    private Utf8() {}

    static boolean isValid(byte[] src, int offset, int length) {
        return isAscii(src, offset, length) || isValidBeyondAscii(src, offset, length);
    }

    /**
     * Whether every byte is below 128. Up to 16 bytes with room behind them are two words whatever their number, for texts of
     * many lengths mislead a branch on it; else eight or four at a time, the last ones twice.
     */
    static boolean isAscii(byte[] src, int offset, int length) {
        if (length <= 16 && src.length - offset >= 16) {
            return isAscii(Bytes.longLe(src, offset), Bytes.longLe(src, offset + 8), length);
        }
        int end = offset + length;
        long seen = 0;
        if (length >= Long.BYTES) {
            for (int at = offset; at < end - Long.BYTES; at += Long.BYTES) {
                seen |= Bytes.longLe(src, at);
            }
            seen |= Bytes.longLe(src, end - Long.BYTES);
        } else if (length >= Integer.BYTES) {
            seen = Bytes.intLe(src, offset) | Bytes.intLe(src, end - Integer.BYTES);
        } else {
            for (int at = offset; at < end; at++) {
                seen |= src[at];
            }
        }
        return (seen & HIGH_BITS) == 0;
    }

    /** As {@link #isAscii(byte[], int, int)}, of up to 16 bytes that were read as two little-endian words. */
    static boolean isAscii(long first, long second, int length) {
        return (first & LOW[length] | second & HIGH[length]) == 0;
    }

    private static boolean isValidBeyondAscii(byte[] src, int offset, int length) {
        int at = asciiEnd(src, offset, offset + length);
        int end = offset + length;
        while (at < end) {
            int size = sequence(src, at, end);
            if (size == 0) {
                return false;
            }
            at += size;
        }
        return true;
    }

    /** Where the ASCII at the front ends: most texts are nothing else. */
    static int asciiEnd(byte[] src, int from, int end) {
        int at = from;
        while (at + Long.BYTES <= end && (Bytes.longLe(src, at) & HIGH_BITS) == 0) {
            at += Long.BYTES;
        }
        while (at < end && src[at] >= 0) {
            at++;
        }
        return at;
    }

    /** Bytes of the sequence at {@code at}, 0 if it is none. */
    private static int sequence(byte[] src, int at, int end) {
        int first = src[at] & 0xFF;
        if (first < 0x80) {
            return 1;
        }
        if (first < 0xC2 || first > 0xF4) {
            return 0;
        }
        int size = first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
        if (at + size > end || !secondFits(first, src[at + 1] & 0xFF)) {
            return 0;
        }
        for (int i = 2; i < size; i++) {
            if ((src[at + i] & 0xC0) != 0x80) {
                return 0;
            }
        }
        return size;
    }

    private static boolean secondFits(int first, int second) {
        int least = first == 0xE0 ? 0xA0 : first == 0xF0 ? 0x90 : 0x80;
        int most = first == 0xED ? 0x9F : first == 0xF4 ? 0x8F : 0xBF;
        return second >= least && second <= most;
    }

    /** UTF-8 bytes of a text; an unpaired surrogate counts as the one byte of {@code '?'}. */
    static int length(CharSequence text) {
        int length = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < 0x80) {
                length++;
            } else if (c < 0x800) {
                length += 2;
            } else if (isPair(text, i)) {
                length += 4;
                i++;
            } else {
                length += Character.isSurrogate(c) ? 1 : 3;
            }
        }
        return length;
    }

    /** Writes a text and returns where it ends. */
    static int put(CharSequence text, byte[] dst, int offset) {
        int at = offset;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < 0x80) {
                dst[at++] = (byte) c;
            } else if (isPair(text, i)) {
                at = putPoint(Character.toCodePoint(c, text.charAt(++i)), dst, at);
            } else {
                at = putPoint(Character.isSurrogate(c) ? '?' : c, dst, at);
            }
        }
        return at;
    }

    static int putPoint(int point, byte[] dst, int offset) {
        int at = offset;
        if (point < 0x80) {
            dst[at++] = (byte) point;
        } else if (point < 0x800) {
            dst[at++] = (byte) (0xC0 | point >> 6);
            dst[at++] = (byte) (0x80 | point & 0x3F);
        } else if (point < 0x10000) {
            dst[at++] = (byte) (0xE0 | point >> 12);
            dst[at++] = (byte) (0x80 | point >> 6 & 0x3F);
            dst[at++] = (byte) (0x80 | point & 0x3F);
        } else {
            dst[at++] = (byte) (0xF0 | point >> 18);
            dst[at++] = (byte) (0x80 | point >> 12 & 0x3F);
            dst[at++] = (byte) (0x80 | point >> 6 & 0x3F);
            dst[at++] = (byte) (0x80 | point & 0x3F);
        }
        return at;
    }

    private static boolean isPair(CharSequence text, int index) {
        return Character.isHighSurrogate(text.charAt(index))
                && index + 1 < text.length()
                && Character.isLowSurrogate(text.charAt(index + 1));
    }
}
