package io.fluxrig.iso.encoding;

import io.fluxrig.iso.wire.CharClass;
import io.fluxrig.perf.buffer.Bytes;

/**
 * Which characters belong to which class where each is written as two ASCII hex digits: {@link Characters} with a table that
 * two bytes are the index of, 128 KiB of which texts touch a few hundred bytes. Loaded with the first dialect that asks.
 */
public final class HexCharacters {

    private static final short[] CLASSES = classes();

    private HexCharacters() {}

    private static short[] classes() {
        short[] classes = new short[1 << 16];
        for (int pair = 0; pair < classes.length; pair++) {
            int octet = Hex.octet(pair >> 8, pair);
            for (CharClass chars : CharClass.values()) {
                if (octet >= 0 && Characters.LATIN.has(octet, Characters.bit(chars))) {
                    classes[pair] |= (short) Characters.bit(chars);
                }
            }
        }
        return classes;
    }

    /** The index of the first character that is not of the class, or not spelt by two hex digits; or -1. */
    public static int firstOutside(byte[] bytes, int offset, int characters, int classBit) {
        int all = classBit;
        for (int at = offset; at < offset + 2 * characters; at += 2) {
            all &= CLASSES[Bytes.shortBe(bytes, at)];
        }
        return all != 0 ? -1 : find(bytes, offset, characters, classBit);
    }

    private static int find(byte[] bytes, int offset, int characters, int classBit) {
        for (int i = 0; i < characters; i++) {
            if ((CLASSES[Bytes.shortBe(bytes, offset + 2 * i)] & classBit) == 0) {
                return i;
            }
        }
        return -1;
    }
}
