package io.fluxrig.transport.msg;

import io.fluxrig.perf.buffer.Bytes;
import io.fluxrig.transport.cbor.CborEntries;
import io.fluxrig.transport.cbor.CborFault;
import io.fluxrig.transport.cbor.CborWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Metadata of one message: a slot for each {@link MetaKey} and, behind them, the keys of others, kept as they came.
 *
 * <p>A slot holds a constant text, a number (written as decimal text) or text in bytes of this object's own (what came over a
 * wire, or {@code hex:...}). On a wire all are text, so each can be read as each: {@link #number} reads decimal digits,
 * {@link #bytes} reads {@code hex:}, {@link #text} reads anything.
 *
 * <p>Setting a slot allocates nothing; texts are expected to be constants of the gear that sets them. Reading text that came
 * over a wire allocates only if it differs from the text that slot last showed. One strip's thread only.
 */
public final class Meta {
    /** Bytes of text that all slots of one message may hold beside constants. */
    public static final int BYTES_MAX = 1 << 16;

    /** Longest constant whose entry is kept. */
    private static final int CONSTANT_MAX = 48;

    /** First byte of a text of below 24 bytes, its length added; and of one whose length is the byte behind. */
    private static final int SHORT_TEXT = 0x60;

    private static final byte LONG_TEXT = 0x78;

    private static final byte[] HEX_MARK = {'h', 'e', 'x', ':'};
    private static final byte[] HEX_DIGITS = {
        '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'
    };

    private final String[] texts = new String[MetaKeys.count()];
    private final String[] constants = new String[MetaKeys.count()];
    private final byte[][] constantEntries = new byte[MetaKeys.count()][];
    private final int[] constantLengths = new int[MetaKeys.count()];
    private final String[] shown = new String[MetaKeys.count()];
    private final byte[][] shownBytes = new byte[MetaKeys.count()][];
    /** A number, or offset (high half) and length of text in {@link #space}. */
    private final long[] values = new long[MetaKeys.count()];

    private final CborEntries extras = new CborEntries();
    private byte[] space = new byte[256];
    private int spaceUsed;

    /** Bit n: the key of rank n is there; and how its slot is filled if not by a constant text. */
    private long present;

    private long numeric;
    private long inSpace;

    /** Empties every slot. */
    public void clear() {
        present = 0;
        numeric = 0;
        inSpace = 0;
        spaceUsed = 0;
        if (extras.count() != 0) {
            extras.clear();
        }
    }

    /** Sets a slot to a text, or empties it if the text is null. */
    public void set(MetaKey key, String text) {
        long bit = 1L << key.ordinal();
        numeric &= ~bit;
        inSpace &= ~bit;
        present = text == null ? present & ~bit : present | bit;
        texts[key.ordinal()] = text;
    }

    public void set(MetaKey key, long number) {
        long bit = 1L << key.ordinal();
        numeric |= bit;
        inSpace &= ~bit;
        present |= bit;
        values[key.ordinal()] = number;
    }

    /**
     * Sets a slot to UTF-8 text, copied; for tests.
     *
     * @throws IllegalArgumentException if all texts of the message would be above {@link #BYTES_MAX}
     */
    public void setText(MetaKey key, byte[] utf8, int offset, int length) {
        int at = reserve(length);
        System.arraycopy(utf8, offset, space, at, length);
        fill(key, at, length);
    }

    /**
     * Sets a slot to bytes, which read as {@code hex:} and lower-case digits.
     *
     * @throws IllegalArgumentException as {@link #setText}
     */
    public void setBytes(MetaKey key, byte[] src, int offset, int length) {
        int at = reserve(HEX_MARK.length + 2 * length);
        System.arraycopy(HEX_MARK, 0, space, at, HEX_MARK.length);
        int digit = at + HEX_MARK.length;
        for (int i = offset; i < offset + length; i++) {
            space[digit++] = HEX_DIGITS[src[i] >> 4 & 0xF];
            space[digit++] = HEX_DIGITS[src[i] & 0xF];
        }
        fill(key, at, HEX_MARK.length + 2 * length);
    }

    public void unset(MetaKey key) {
        long bit = ~(1L << key.ordinal());
        present &= bit;
        numeric &= bit;
        inSpace &= bit;
    }

    public boolean has(MetaKey key) {
        return (present & 1L << key.ordinal()) != 0;
    }

    /** The number in a slot, also one that came as decimal digits; else {@code otherwise}. */
    public long number(MetaKey key, long otherwise) {
        int rank = key.ordinal();
        long bit = 1L << rank;
        if ((numeric & bit) != 0) {
            return values[rank];
        }
        if ((present & bit) == 0) {
            return otherwise;
        }
        if ((inSpace & bit) != 0) {
            return DecimalText.parse(space, offset(rank), length(rank), otherwise);
        }
        return DecimalText.parse(texts[rank], otherwise);
    }

    /** The text in a slot, null if it is empty. */
    public String text(MetaKey key) {
        int rank = key.ordinal();
        long bit = 1L << rank;
        if ((present & bit) == 0) {
            return null;
        }
        if ((numeric & bit) != 0) {
            return Long.toString(values[rank]);
        }
        return (inSpace & bit) == 0 ? texts[rank] : show(rank);
    }

    /** Whether the slot holds that text; allocates nothing unless the slot is a number. */
    public boolean is(MetaKey key, String text) {
        return text.equals(text(key));
    }

    /** Bytes in a slot that is {@code hex:} and digits, -1 if it is empty or anything else. */
    public int bytesLength(MetaKey key) {
        int rank = key.ordinal();
        long bit = 1L << rank;
        if ((inSpace & bit) != 0) {
            return HexText.bytesLength(space, offset(rank), length(rank));
        }
        return (present & ~numeric & bit) != 0 ? HexText.bytesLength(texts[rank]) : -1;
    }

    /**
     * Copies out the bytes of a slot that is {@code hex:} and digits.
     *
     * @return how many, or -1 if the slot is empty, anything else, or too long for {@code dst}
     */
    public int bytes(MetaKey key, byte[] dst, int dstOffset) {
        int rank = key.ordinal();
        long bit = 1L << rank;
        if ((inSpace & bit) != 0) {
            return HexText.decode(space, offset(rank), length(rank), dst, dstOffset);
        }
        return (present & ~numeric & bit) != 0 ? HexText.decode(texts[rank], dst, dstOffset) : -1;
    }

    /** Takes over all of another message's metadata; keeps nothing of the other's memory. */
    public void copyFrom(Meta other) {
        clear();
        present = other.present;
        numeric = other.numeric;
        inSpace = other.inSpace;
        System.arraycopy(other.texts, 0, texts, 0, texts.length);
        System.arraycopy(other.values, 0, values, 0, values.length);
        if (other.spaceUsed != 0) {
            reserve(other.spaceUsed);
            System.arraycopy(other.space, 0, space, 0, other.spaceUsed);
        }
        if (other.extras.count() != 0) {
            extras.copyFrom(other.extras);
        }
    }

    /** Keys that are none of {@link MetaKey}, as they came. */
    CborEntries extras() {
        return extras;
    }

    /** Writes the map: known keys and extras merged in order. */
    void writeTo(CborWriter out) {
        out.map(Long.bitCount(present) + extras.count());
        int extra = 0;
        for (long rest = present; rest != 0; rest &= rest - 1) {
            int rank = Long.numberOfTrailingZeros(rest);
            if (extra < extras.count()) {
                extra = extras.writeBefore(MetaKeys.encoded(rank), extra, out);
            }
            writeEntry(rank, out);
        }
        extras.writeFrom(extra, out);
    }

    /** Copies text that is about to be named by {@link #slice}, many slots at once; its place, or {@link CborFault#TOO_LARGE}. */
    int keep(byte[] src, int offset, int length) {
        if (length > BYTES_MAX - spaceUsed) {
            return CborFault.TOO_LARGE;
        }
        int at = reserve(length);
        System.arraycopy(src, offset, space, at, length);
        return at;
    }

    /** Says where the text of a slot is kept; it is there once {@link #sliced} is told so. */
    void slice(int rank, int offset, int length) {
        values[rank] = (long) offset << 32 | length;
    }

    /** Lets slots show text that is kept: all of a map at once, a bit for each rank. */
    void sliced(long ranks) {
        numeric &= ~ranks;
        inSpace |= ranks;
        present |= ranks;
    }

    private void writeEntry(int rank, CborWriter out) {
        long bit = 1L << rank;
        if ((numeric & bit) != 0) {
            out.key(MetaKeys.ofRank(rank));
            out.decimal(values[rank]);
        } else if ((inSpace & bit) != 0) {
            out.key(MetaKeys.ofRank(rank));
            out.text(space, offset(rank), length(rank));
        } else {
            writeConstant(rank, out);
        }
    }

    /** A gear's constant is the same each time: its whole entry is kept from the time before. */
    private void writeConstant(int rank, CborWriter out) {
        String text = texts[rank];
        if (text.equals(constants[rank]) || keepConstant(rank, text)) {
            out.encoded(constantEntries[rank], 0, constantLengths[rank]);
        } else {
            out.key(MetaKeys.ofRank(rank));
            out.text(text);
        }
    }

    /** Encodes an entry whose value is ASCII and not long; false, and nothing kept, if it is anything else. */
    private boolean keepConstant(int rank, String text) {
        byte[] key = MetaKeys.encoded(rank);
        int length = text.length();
        constants[rank] = null;
        if (length > CONSTANT_MAX) {
            return false;
        }
        if (constantEntries[rank] == null) {
            constantEntries[rank] = Arrays.copyOf(key, key.length + 2 + CONSTANT_MAX + 16);
        }
        byte[] entry = constantEntries[rank];
        int at = key.length;
        if (length > 23) {
            entry[at++] = LONG_TEXT;
        }
        entry[at++] = (byte) (length > 23 ? length : SHORT_TEXT | length);
        int seen = 0;
        for (int i = 0; i < length; i++) {
            seen |= text.charAt(i);
            entry[at++] = (byte) text.charAt(i);
        }
        if (seen > 0x7F) {
            return false;
        }
        constants[rank] = text;
        constantLengths[rank] = at;
        return true;
    }

    private void fill(MetaKey key, int offset, int length) {
        long bit = 1L << key.ordinal();
        numeric &= ~bit;
        inSpace |= bit;
        present |= bit;
        values[key.ordinal()] = (long) offset << 32 | length;
    }

    private int reserve(int length) {
        if (length > BYTES_MAX - spaceUsed) {
            throw new IllegalArgumentException("metadata bytes=" + (spaceUsed + length) + " max=" + BYTES_MAX);
        }
        if (spaceUsed + length > space.length) {
            space = Arrays.copyOf(space, Math.max(spaceUsed + length, 2 * space.length));
        }
        int at = spaceUsed;
        spaceUsed += length;
        return at;
    }

    /** The slot's text as a String: the one shown last if it is the same, as ids and reasons mostly are. */
    private String show(int rank) {
        int offset = offset(rank);
        int length = length(rank);
        byte[] last = shownBytes[rank];
        if (last == null || last.length != length || !Bytes.equal(last, 0, space, offset, length)) {
            shownBytes[rank] = Arrays.copyOfRange(space, offset, offset + length);
            shown[rank] = new String(space, offset, length, StandardCharsets.UTF_8);
        }
        return shown[rank];
    }

    private int offset(int rank) {
        return (int) (values[rank] >>> 32);
    }

    private int length(int rank) {
        return (int) values[rank];
    }
}
