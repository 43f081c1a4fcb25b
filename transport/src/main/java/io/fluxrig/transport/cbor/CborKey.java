package io.fluxrig.transport.cbor;

import io.fluxrig.perf.buffer.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A map key that is known beforehand, as the encoded text it is on the wire, so that reading it is comparing three words and
 * writing it is storing them.
 *
 * <pre>
 *   word 0             word 1             word 2
 *   | head, 7 chars  | 8 chars          | 8 chars          |    what is behind the key is masked out
 * </pre>
 *
 * Immutable; for all threads.
 */
public final class CborKey {
    /** Characters of the longest. */
    public static final int CHARACTERS_MAX = 23;

    private static final int SPACE = 24;

    private final byte[] encoded;
    private final int length;
    private final long word0;
    private final long word1;
    private final long word2;
    private final long mask0;
    private final long mask1;
    private final long mask2;

    private CborKey(byte[] characters) {
        length = 1 + characters.length;
        encoded = new byte[length];
        encoded[0] = (byte) (CborType.TEXT << 5 | characters.length);
        System.arraycopy(characters, 0, encoded, 1, characters.length);
        byte[] padded = Arrays.copyOf(encoded, SPACE);
        word0 = Bytes.longLe(padded, 0);
        word1 = Bytes.longLe(padded, 8);
        word2 = Bytes.longLe(padded, 16);
        mask0 = mask(length);
        mask1 = mask(length - 8);
        mask2 = mask(length - 16);
    }

    /**
     * The key of that text.
     *
     * @throws IllegalArgumentException if it is not ASCII or longer than {@link #CHARACTERS_MAX}
     */
    public static CborKey of(String text) {
        byte[] characters = text.getBytes(StandardCharsets.UTF_8);
        if (characters.length > CHARACTERS_MAX || characters.length != text.length()) {
            throw new IllegalArgumentException(
                    "key " + text + " length=" + characters.length + " max=" + CHARACTERS_MAX + ", ASCII only");
        }
        return new CborKey(characters);
    }

    /** Bytes of the encoded key. */
    public int length() {
        return length;
    }

    /** A copy of the encoded key. */
    public byte[] encoded() {
        return encoded.clone();
    }

    /** Whether the key stands at {@code at} and ends at {@code limit} or before. */
    boolean isAt(byte[] src, int at, int limit) {
        if (length > limit - at) {
            return false;
        }
        if (src.length - at < SPACE) {
            return Arrays.equals(encoded, 0, length, src, at, at + length);
        }
        return ((Bytes.longLe(src, at) ^ word0) & mask0
                        | (Bytes.longLe(src, at + 8) ^ word1) & mask1
                        | (Bytes.longLe(src, at + 16) ^ word2) & mask2)
                == 0;
    }

    /** Writes the key at {@code at}, where it has room below {@code limit}; what is behind it may change as far as that. */
    void put(byte[] dst, int at, int limit) {
        if (limit - at < SPACE) {
            System.arraycopy(encoded, 0, dst, at, length);
            return;
        }
        Bytes.putLongLe(dst, at, word0);
        Bytes.putLongLe(dst, at + 8, word1);
        Bytes.putLongLe(dst, at + 16, word2);
    }

    /** The low {@code count} bytes of a word. */
    private static long mask(int count) {
        return count <= 0 ? 0 : count >= Long.BYTES ? -1L : (1L << 8 * count) - 1;
    }
}
