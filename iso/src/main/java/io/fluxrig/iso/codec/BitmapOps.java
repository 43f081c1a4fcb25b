package io.fluxrig.iso.codec;

import io.fluxrig.iso.encoding.Ebcdic;
import io.fluxrig.iso.encoding.Hex;
import io.fluxrig.iso.wire.BitmapSpec;
import io.fluxrig.iso.wire.Encoding;
import io.fluxrig.perf.buffer.Bytes;

/**
 * Reads and writes bitmaps in blocks: the first bit of a block says that another follows where the dialect extends.
 * Immutable.
 *
 * <pre>
 *   BINARY      C0 00 00 00 00 00 00 00                      8 bytes a block of 64
 *   HEX_ASCII   43 30 30 30 ...                              16
 *   HEX_EBCDIC  C3 F0 F0 F0 ...                              16
 * </pre>
 */
final class BitmapOps {

    private static final int BINARY = 0;
    private static final int HEX_ASCII = 1;
    private static final int HEX_EBCDIC = 2;

    /** Bits of the first block, of each further one, and of all together at most. */
    final int blockBits;

    final int bitsMax;
    /** Bits of the blocks that follow each other at once. */
    final int contiguousBits;

    /** Whether DE 65 carries the third bitmap. */
    final boolean inField65;

    private final int enc;

    BitmapOps(BitmapSpec spec) {
        blockBits = spec.bytes() * 8;
        inField65 = spec.tertiary() == BitmapSpec.Tertiary.IN_FIELD_65;
        bitsMax = spec.bytesMax() * 8;
        contiguousBits = inField65 ? Math.min(bitsMax, 128) : bitsMax;
        enc = spec.enc() == Encoding.BINARY ? BINARY : spec.enc() == Encoding.HEX_ASCII ? HEX_ASCII : HEX_EBCDIC;
    }

    /** Bytes that a block takes on the wire. */
    int blockBytes() {
        return enc == BINARY ? blockBits >> 3 : blockBits >> 2;
    }

    boolean extendsBlocks() {
        return bitsMax > blockBits;
    }

    /** Whether the first bit of this block (0 is the first) says that another follows. */
    boolean canExtend(int block) {
        return (block + 2) * blockBits <= contiguousBits;
    }

    /** The first character of a block that is not hex, or -1. */
    int firstMalformed(byte[] src, int at) {
        if (enc == BINARY || enc == HEX_ASCII && blockBits == 64 && isHex(src, at)) {
            return -1;
        }
        for (int i = 0; i < blockBytes(); i++) {
            if (hex(src, at + i) < 0) {
                return i;
            }
        }
        return -1;
    }

    private static boolean isHex(byte[] src, int at) {
        return Hex.areDigits(Bytes.longBe(src, at)) && Hex.areDigits(Bytes.longBe(src, at + 8));
    }

    private int hex(byte[] src, int at) {
        return Hex.digit(enc == HEX_ASCII ? src[at] : Ebcdic.CP037.toLatin(src[at]));
    }

    /** 64 bits, the first on top, from bit {@code from} of a checked block; bits behind the block are 0. */
    long word(byte[] src, int at, int from) {
        int bits = Math.min(64, blockBits - from);
        if (enc == BINARY && bits == 64) {
            return Bytes.longBe(src, at + (from >> 3));
        }
        if (enc == HEX_ASCII && bits == 64) {
            int first = at + (from >> 2);
            return Hex.pack(Bytes.longBe(src, first)) << 32 | Hex.pack(Bytes.longBe(src, first + 8));
        }
        long word = 0;
        for (int bit = 0; bit < bits; bit += 4) {
            word |= nibble(src, at, from + bit) << 60 - bit;
        }
        return word;
    }

    private long nibble(byte[] src, int at, int bit) {
        if (enc == BINARY) {
            return src[at + (bit >> 3)] >> ((~bit >> 2 & 1) << 2) & 0xF;
        }
        return hex(src, at + (bit >> 2));
    }

    /** Writes {@code bits} bits of a word, the first on top, at bit {@code from} of the block at {@code at}. */
    void put(long word, int bits, byte[] dst, int at, int from) {
        if (enc == BINARY && bits == 64) {
            Bytes.putLongBe(dst, at + (from >> 3), word);
            return;
        }
        if (enc == HEX_ASCII && bits == 64) {
            Bytes.putLongBe(dst, at + (from >> 2), Hex.spread(word >>> 32));
            Bytes.putLongBe(dst, at + (from >> 2) + 8, Hex.spread(word & 0xFFFF_FFFFL));
            return;
        }
        for (int bit = 0; bit < bits; bit += 4) {
            putNibble((int) (word >>> 60 - bit) & 0xF, dst, at, from + bit);
        }
    }

    private void putNibble(int value, byte[] dst, int at, int bit) {
        if (enc == BINARY) {
            int index = at + (bit >> 3);
            boolean high = (bit & 4) == 0;
            dst[index] = (byte) (high ? value << 4 : dst[index] & 0xF0 | value);
        } else {
            byte character = Hex.character(value);
            dst[at + (bit >> 2)] = enc == HEX_ASCII ? character : Ebcdic.CP037.fromLatin(character);
        }
    }
}
