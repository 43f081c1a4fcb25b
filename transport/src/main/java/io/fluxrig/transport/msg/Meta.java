package io.fluxrig.transport.msg;

import java.util.Arrays;
import java.util.HexFormat;

/**
 * Metadata of one message: a slot for each {@link MetaKey}, holding a text, a number (written as decimal text) or bytes
 * (written as {@code hex:...}).
 *
 * <p>Setting a slot allocates nothing in steady state; texts are expected to be constants of the gear that sets them, bytes
 * are copied into the slot's own array. Used on one strip's thread only.
 */
public final class Meta {
    private static final MetaKey[] KEYS = MetaKey.values();
    private static final int BYTES_INITIAL = 64;

    private final String[] texts = new String[KEYS.length];
    private final long[] numbers = new long[KEYS.length];
    private final byte[][] bytes = new byte[KEYS.length][];
    private final int[] lengths = new int[KEYS.length];
    private long numeric;
    private long binary;
    private long textual;

    /** Empties every slot. */
    public void clear() {
        if (textual != 0) {
            Arrays.fill(texts, null);
            textual = 0;
        }
        numeric = 0;
        binary = 0;
    }

    public void set(MetaKey key, String text) {
        unset(key);
        if (text != null) {
            texts[key.ordinal()] = text;
            textual |= bit(key);
        }
    }

    public void set(MetaKey key, long number) {
        unset(key);
        numeric |= bit(key);
        numbers[key.ordinal()] = number;
    }

    /** Copies bytes into the slot. */
    public void setBytes(MetaKey key, byte[] src, int offset, int length) {
        unset(key);
        int slot = key.ordinal();
        if (bytes[slot] == null || bytes[slot].length < length) {
            bytes[slot] = new byte[Math.max(BYTES_INITIAL, length)];
        }
        System.arraycopy(src, offset, bytes[slot], 0, length);
        lengths[slot] = length;
        binary |= bit(key);
    }

    public void unset(MetaKey key) {
        long others = ~bit(key);
        numeric &= others;
        binary &= others;
        textual &= others;
        texts[key.ordinal()] = null;
    }

    public boolean has(MetaKey key) {
        return ((numeric | binary | textual) & bit(key)) != 0;
    }

    /** The number in a slot set as a number, else {@code otherwise}. */
    public long number(MetaKey key, long otherwise) {
        return (numeric & bit(key)) != 0 ? numbers[key.ordinal()] : otherwise;
    }

    /** Length of the bytes in a slot set as bytes, else -1. */
    public int bytesLength(MetaKey key) {
        return (binary & bit(key)) != 0 ? lengths[key.ordinal()] : -1;
    }

    /** Copies the bytes of a slot set as bytes and returns how many, else -1. */
    public int copyBytes(MetaKey key, byte[] dst, int dstOffset) {
        int length = bytesLength(key);
        if (length > 0) {
            System.arraycopy(bytes[key.ordinal()], 0, dst, dstOffset, length);
        }
        return length;
    }

    /**
     * The text in a slot, a number as decimal digits, bytes as {@code hex:} and their digits (both allocate), null if
     * empty.
     */
    public String text(MetaKey key) {
        int slot = key.ordinal();
        if ((numeric & bit(key)) != 0) {
            return Long.toString(numbers[slot]);
        }
        if ((binary & bit(key)) != 0) {
            return "hex:" + HexFormat.of().formatHex(bytes[slot], 0, lengths[slot]);
        }
        return texts[slot];
    }

    /** Takes over every slot of another message's metadata. */
    public void copyFrom(Meta other) {
        clear();
        System.arraycopy(other.texts, 0, texts, 0, texts.length);
        System.arraycopy(other.numbers, 0, numbers, 0, numbers.length);
        numeric = other.numeric;
        textual = other.textual;
        for (long left = other.binary; left != 0; left &= left - 1) {
            int slot = Long.numberOfTrailingZeros(left);
            setBytes(KEYS[slot], other.bytes[slot], 0, other.lengths[slot]);
        }
    }

    private static long bit(MetaKey key) {
        return 1L << key.ordinal();
    }
}
