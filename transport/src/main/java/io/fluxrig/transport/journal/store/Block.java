package io.fluxrig.transport.journal.store;

import io.fluxrig.perf.buffer.Bytes;
import io.fluxrig.transport.ends.StripEnds;

/**
 * The layout of a sealed block, one document of the store: records that were written together, under one seal.
 *
 * <pre>
 *   0   4   magic "FXJ" and version 1
 *   4   4   records in the block; 0 in the block that begins a segment
 *   8   8   sequence of the first record; a record's sequence is one more than that of the record before it
 *  16  16   salt of the opening: the key of this seal is made of it
 *  32   8   number of the block in its opening: the nonce
 *  40  16   tag of the block before this one
 *  56   n   records, encrypted
 *  56+n 16  tag, over everything above and the journal's identity
 *
 *   a record:  0  4  length of the body
 *              4  2  strip that sent it
 *              6  2  {@code StripEnds.DATA_LEFT_OUT} where the payload was left out of the message, else 0; the kind of an entry
 *              8     body: fluxMsg as CBOR, or an entry
 * </pre>
 *
 * <p>Numbers are big-endian. Static and stateless.
 */
public final class Block {
    static final int HEADER_LENGTH = 56;
    static final int TAG_LENGTH = 16;
    static final int SALT_LENGTH = 16;
    /** Of the length, strip and flags before a body. */
    public static final int RECORD_HEADER_LENGTH = 8;

    /** A block is closed once it holds this much; a single record may make it longer. */
    public static final int FILL_LENGTH = 1 << 16;

    /** Longest body of a record: an eighth of the largest ring. */
    static final int RECORD_LENGTH_MAX = StripEnds.RING_BYTES_MAX / 8;

    /** Longest plain part: a record begun just below {@link #FILL_LENGTH}. */
    public static final int PLAIN_LENGTH_MAX = FILL_LENGTH + RECORD_HEADER_LENGTH + RECORD_LENGTH_MAX;

    static final int LENGTH_MAX = HEADER_LENGTH + PLAIN_LENGTH_MAX + TAG_LENGTH;

    /** Least that a disk writes at once. */
    private static final int SECTOR_BYTES = 1 << 9;

    private static final int MAGIC = 'F' << 24 | 'X' << 16 | 'J' << 8 | 1;
    private static final int COUNT_OFFSET = 4;
    private static final int STRIP_OFFSET = 4;
    private static final int SEQUENCE_OFFSET = 8;
    private static final int SALT_OFFSET = 16;
    private static final int NUMBER_OFFSET = 32;
    private static final int PREVIOUS_TAG_OFFSET = 40;

    private Block() {}

    static void putHeader(byte[] block, int count, long firstSequence, byte[] salt, long number, byte[] previousTag) {
        Bytes.putIntBe(block, 0, MAGIC);
        Bytes.putIntBe(block, COUNT_OFFSET, count);
        Bytes.putLongBe(block, SEQUENCE_OFFSET, firstSequence);
        System.arraycopy(salt, 0, block, SALT_OFFSET, SALT_LENGTH);
        Bytes.putLongBe(block, NUMBER_OFFSET, number);
        System.arraycopy(previousTag, 0, block, PREVIOUS_TAG_OFFSET, TAG_LENGTH);
    }

    /** Whether this begins like a block and can be one. */
    static boolean plausible(byte[] block, int length) {
        return length >= HEADER_LENGTH + TAG_LENGTH
                && length <= LENGTH_MAX
                && Bytes.intBe(block, 0) == MAGIC
                && count(block) >= 0
                && firstSequence(block) > 0;
    }

    /** Whether the plain part is so many records, and nothing else. */
    static boolean holdsRecords(byte[] plain, int length, int count) {
        int at = 0;
        for (int record = 0; record < count; record++) {
            if (length - at < RECORD_HEADER_LENGTH) {
                return false;
            }
            int body = Bytes.intBe(plain, at);
            boolean fits = body >= 0 && body <= length - at - RECORD_HEADER_LENGTH;
            if (!fits || plain[at + STRIP_OFFSET] != 0 || plain[at + STRIP_OFFSET + 1] < 0) {
                return false;
            }
            at += RECORD_HEADER_LENGTH + body;
        }
        return at == length;
    }

    /**
     * Whether what stands there has sectors that never arrived on the disk: a segment is zeros before it is written, and what is
     * encrypted is not.
     *
     * @param offset of it in its file
     */
    static boolean lacksSectors(byte[] block, int length, long offset) {
        for (int from = 0; from < length; ) {
            int inSector = (int) ((offset + from) % SECTOR_BYTES);
            int to = Math.min(length, from + SECTOR_BYTES - inSector);
            if (isZero(block, from, to)) {
                return true;
            }
            from = to;
        }
        return false;
    }

    private static boolean isZero(byte[] block, int from, int to) {
        for (int i = from; i < to; i++) {
            if (block[i] != 0) {
                return false;
            }
        }
        return true;
    }

    static int count(byte[] block) {
        return Bytes.intBe(block, COUNT_OFFSET);
    }

    static long firstSequence(byte[] block) {
        return Bytes.longBe(block, SEQUENCE_OFFSET);
    }

    static long number(byte[] block) {
        return Bytes.longBe(block, NUMBER_OFFSET);
    }

    static boolean hasSalt(byte[] block, byte[] salt) {
        return Bytes.equal(block, SALT_OFFSET, salt, 0, SALT_LENGTH);
    }

    /** Which opening of the journal wrote the block: 64 of the random bits that it drew. */
    static long opening(byte[] block) {
        return Bytes.longBe(block, SALT_OFFSET);
    }

    static void copySalt(byte[] block, byte[] into) {
        System.arraycopy(block, SALT_OFFSET, into, 0, SALT_LENGTH);
    }

    static boolean follows(byte[] block, byte[] tag) {
        return Bytes.equal(block, PREVIOUS_TAG_OFFSET, tag, 0, TAG_LENGTH);
    }

    static void copyPreviousTag(byte[] block, byte[] into) {
        System.arraycopy(block, PREVIOUS_TAG_OFFSET, into, 0, TAG_LENGTH);
    }

    static void copyTag(byte[] block, int length, byte[] into) {
        System.arraycopy(block, length - TAG_LENGTH, into, 0, TAG_LENGTH);
    }
}
