package io.fluxrig.perf.buffer;

import java.util.Objects;

/**
 * Keeps millions of short records as blocks of large arrays, so that a ticket costs no object and the collector next to
 * nothing. A record is known by an int handle; one longer than a block is a chain of blocks.
 *
 * <pre>
 *   handle   | 0 | generation (7) | index of the first block (24) |
 *   segment  | block | block | block | ...      64 KiB of bytes, added as needed; the last may be shorter
 *   meta     | next  | length| state |          three ints a block
 *   state    | CLAIMED (bit 8) | CONTINUED (bit 7) | generation (7), raised by every release |
 * </pre>
 *
 * <p>Ownership: {@link #claim} gives a zeroed record to the caller, who must {@link #release} it once; that wipes its bytes.
 * A handle kept after that is refused with an {@link IllegalStateException}, certainly while its blocks are free and in 126
 * of 127 cases when they belong to somebody else.
 *
 * <p>Errors: a range outside the record is an {@link IndexOutOfBoundsException}; a full slab is the value {@link #FULL}.
 *
 * <p>Threading: one thread. Allocates only when {@link #claim} needs another segment; memory is never given back.
 */
public final class ByteSlab {

    /** What {@link #claim} returns when there are not enough blocks left; nothing was claimed. */
    public static final int FULL = -1;

    /** Most blocks of one slab. */
    public static final int BLOCKS_LIMIT = 1 << 24;

    private static final int INDEX_MASK = BLOCKS_LIMIT - 1;
    private static final int GENERATION_SHIFT = 24;
    private static final int GENERATION_MAX = 127;
    private static final int NIL = -1;
    private static final int SEGMENT_BYTES = 1 << 16;

    private static final int META_INTS = 3;
    private static final int NEXT = 0;
    private static final int LENGTH = 1;
    private static final int STATE = 2;
    private static final int CONTINUED = 1 << 7;
    private static final int CLAIMED = 1 << 8;

    private final int blockLength;
    private final int blockShift;
    private final int blocksMax;
    private final int segmentShift;
    private final int segmentMask;
    private final byte[][] segments;
    private final int[][] metas;
    private int segmentCount;
    private int freeHead = NIL;
    private int freeBlocks;
    private int blocks;
    private int inUse;

    /**
     * @param blockLength bytes of a block: a power of two, 8 to 64 Ki; choose it to hold the usual record
     * @param blocksMax most blocks, 1 to {@link #BLOCKS_LIMIT}
     */
    public ByteSlab(int blockLength, int blocksMax) {
        if (Integer.bitCount(blockLength) != 1 || blockLength < 8 || blockLength > SEGMENT_BYTES) {
            throw new IllegalArgumentException(
                    "blockLength=" + blockLength + " must be a power of two, min=8 max=" + SEGMENT_BYTES);
        }
        if (blocksMax < 1 || blocksMax > BLOCKS_LIMIT) {
            throw new IllegalArgumentException("blocksMax=" + blocksMax + " min=1 max=" + BLOCKS_LIMIT);
        }
        this.blockLength = blockLength;
        this.blockShift = Integer.numberOfTrailingZeros(blockLength);
        this.blocksMax = blocksMax;
        this.segmentShift = Integer.numberOfTrailingZeros(SEGMENT_BYTES / blockLength);
        this.segmentMask = (1 << segmentShift) - 1;
        int segmentsMax = (blocksMax + segmentMask) >>> segmentShift;
        this.segments = new byte[segmentsMax][];
        this.metas = new int[segmentsMax][];
    }

    /**
     * Takes a zeroed record.
     *
     * @param lengthBytes zero or more; an empty record takes a block too
     * @return its handle, zero or more, or {@link #FULL}
     */
    public int claim(int lengthBytes) {
        int needed = blocksOf(lengthBytes);
        if (needed > freeBlocks && !grow(needed)) {
            return FULL;
        }
        int first = take(CLAIMED);
        int last = first;
        for (int i = 1; i < needed; i++) {
            int block = take(CONTINUED);
            metaOf(last)[metaBase(last) + NEXT] = block;
            last = block;
        }
        metaOf(last)[metaBase(last) + NEXT] = NIL;
        int[] meta = metaOf(first);
        int base = metaBase(first);
        meta[base + LENGTH] = lengthBytes;
        inUse++;
        return (meta[base + STATE] & GENERATION_MAX) << GENERATION_SHIFT | first;
    }

    /**
     * Gives a record back and wipes its bytes.
     *
     * @throws IllegalStateException if it was released before
     */
    public void release(int handle) {
        int block = checked(handle);
        int left = metaOf(block)[metaBase(block) + LENGTH];
        while (block != NIL) {
            int[] meta = metaOf(block);
            int base = metaBase(block);
            int next = meta[base + NEXT];
            int used = Math.min(left, blockLength);
            Bytes.wipe(bytesOf(block), startOf(block), used);
            left -= used;
            int generation = meta[base + STATE] & GENERATION_MAX;
            meta[base + STATE] = generation == GENERATION_MAX ? 1 : generation + 1;
            meta[base + NEXT] = freeHead;
            freeHead = block;
            freeBlocks++;
            block = next;
        }
        inUse--;
    }

    /** Whether the handle is that of a record claimed and not yet released; any number is safe to ask about. */
    public boolean isClaimed(int handle) {
        int block = handle & INDEX_MASK;
        return handle >= 0
                && block < blocks
                && metaOf(block)[metaBase(block) + STATE] == (CLAIMED | handle >>> GENERATION_SHIFT);
    }

    /** The length that was claimed. */
    public int length(int handle) {
        int block = checked(handle);
        return metaOf(block)[metaBase(block) + LENGTH];
    }

    /**
     * Changes a record's length where it needs as many blocks as before; what it held stays as far as it reaches, what is new
     * is zero, what is cut off is wiped.
     *
     * @param lengthBytes zero or more
     * @return false, and nothing changed, if it needs more blocks or fewer
     */
    public boolean resize(int handle, int lengthBytes) {
        int block = checked(handle);
        int[] meta = metaOf(block);
        int base = metaBase(block);
        int before = meta[base + LENGTH];
        if (blocksOf(before) != blocksOf(lengthBytes)) {
            return false;
        }
        if (lengthBytes < before) {
            wipeTail(block, lengthBytes, before);
        }
        meta[base + LENGTH] = lengthBytes;
        return true;
    }

    /**
     * The array that holds the record's first block, from {@link #start} on: for writing a short record without a copy in
     * between. The caller stays within the record and the block, and lets go of the array before the record is released.
     */
    public byte[] array(int handle) {
        return bytesOf(checked(handle));
    }

    /** Where in {@link #array} the record begins. */
    public int start(int handle) {
        return startOf(checked(handle));
    }

    /** Copies {@code length} bytes into the record at {@code at}. */
    public void put(int handle, int at, byte[] src, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, src.length);
        int block = blockAt(handle, at, length);
        int within = at & blockLength - 1;
        int done = 0;
        while (done < length) {
            int part = Math.min(length - done, blockLength - within);
            System.arraycopy(src, offset + done, bytesOf(block), startOf(block) + within, part);
            done += part;
            within = 0;
            block = nextOf(block);
        }
    }

    /** Copies {@code length} bytes out of the record from {@code at}. */
    public void get(int handle, int at, byte[] dst, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, dst.length);
        int block = blockAt(handle, at, length);
        int within = at & blockLength - 1;
        int done = 0;
        while (done < length) {
            int part = Math.min(length - done, blockLength - within);
            System.arraycopy(bytesOf(block), startOf(block) + within, dst, offset + done, part);
            done += part;
            within = 0;
            block = nextOf(block);
        }
    }

    /** Whether {@code length} bytes of the record from {@code at} are those of {@code other}. */
    public boolean matches(int handle, int at, byte[] other, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, other.length);
        int block = blockAt(handle, at, length);
        int within = at & blockLength - 1;
        int done = 0;
        while (done < length) {
            int part = Math.min(length - done, blockLength - within);
            if (!Bytes.equal(bytesOf(block), startOf(block) + within, other, offset + done, part)) {
                return false;
            }
            done += part;
            within = 0;
            block = nextOf(block);
        }
        return true;
    }

    /** The long at {@code at}, a multiple of 8. */
    public long getLong(int handle, int at) {
        int block = blockOfNumber(handle, at, Long.BYTES);
        return Bytes.longLe(bytesOf(block), startOf(block) + (at & blockLength - 1));
    }

    /** Writes a long at {@code at}, a multiple of 8. */
    public void putLong(int handle, int at, long value) {
        int block = blockOfNumber(handle, at, Long.BYTES);
        Bytes.putLongLe(bytesOf(block), startOf(block) + (at & blockLength - 1), value);
    }

    /** The int at {@code at}, a multiple of 4. */
    public int getInt(int handle, int at) {
        int block = blockOfNumber(handle, at, Integer.BYTES);
        return Bytes.intLe(bytesOf(block), startOf(block) + (at & blockLength - 1));
    }

    /** Writes an int at {@code at}, a multiple of 4. */
    public void putInt(int handle, int at, int value) {
        int block = blockOfNumber(handle, at, Integer.BYTES);
        Bytes.putIntLe(bytesOf(block), startOf(block) + (at & blockLength - 1), value);
    }

    /** Records claimed and not released. */
    public int inUse() {
        return inUse;
    }

    /** Blocks of those records. */
    public int blocksInUse() {
        return blocks - freeBlocks;
    }

    /** Most blocks this slab will hold. */
    public int blocksMax() {
        return blocksMax;
    }

    /** Bytes of a block. */
    public int blockLength() {
        return blockLength;
    }

    private int blocksOf(int lengthBytes) {
        if (lengthBytes < 0) {
            throw new IllegalArgumentException("lengthBytes=" + lengthBytes + " min=0");
        }
        return lengthBytes <= blockLength ? 1 : (lengthBytes - 1 >>> blockShift) + 1;
    }

    /** Zeroes what lies in the last block between the two lengths. */
    private void wipeTail(int firstBlock, int from, int to) {
        int block = firstBlock;
        for (int skip = blocksOf(from) - 1; skip > 0; skip--) {
            block = nextOf(block);
        }
        int within = from - (blocksOf(from) - 1 << blockShift);
        Bytes.wipe(bytesOf(block), startOf(block) + within, to - from);
    }

    /** The first free block; there is one. */
    private int take(int claimedOrContinued) {
        int block = freeHead;
        int[] meta = metaOf(block);
        int base = metaBase(block);
        freeHead = meta[base + NEXT];
        meta[base + STATE] |= claimedOrContinued;
        freeBlocks--;
        return block;
    }

    /** Adds segments until enough blocks are free; false, and nothing added, if there cannot be as many. */
    private boolean grow(int needed) {
        if (needed > freeBlocks + (blocksMax - blocks)) {
            return false;
        }
        while (freeBlocks < needed) {
            addSegment(Math.min(segmentMask + 1, blocksMax - blocks));
        }
        return true;
    }

    private void addSegment(int count) {
        int[] meta = new int[count * META_INTS];
        for (int i = 0; i < count; i++) {
            meta[i * META_INTS + NEXT] = i + 1 == count ? freeHead : blocks + i + 1;
            meta[i * META_INTS + STATE] = 1;
        }
        segments[segmentCount] = new byte[count * blockLength];
        metas[segmentCount] = meta;
        segmentCount++;
        freeHead = blocks;
        blocks += count;
        freeBlocks += count;
    }

    private int checked(int handle) {
        if (!isClaimed(handle)) {
            throw new IllegalStateException("not claimed, or released before: handle=0x" + Integer.toHexString(handle));
        }
        return handle & INDEX_MASK;
    }

    private int blockOfNumber(int handle, int at, int size) {
        if ((at & size - 1) != 0) {
            throw new IllegalArgumentException("at=" + at + " must be a multiple of " + size);
        }
        return blockAt(handle, at, size);
    }

    /** Called for each number read or written: shifts, since a division costs more than all the rest of it. */
    private int blockAt(int handle, int at, int length) {
        int block = checked(handle);
        Objects.checkFromIndexSize(at, length, metaOf(block)[metaBase(block) + LENGTH]);
        for (int skip = at >>> blockShift; skip > 0 && block != NIL; skip--) {
            block = nextOf(block);
        }
        return block;
    }

    private int nextOf(int block) {
        return metaOf(block)[metaBase(block) + NEXT];
    }

    private int[] metaOf(int block) {
        return metas[block >>> segmentShift];
    }

    private int metaBase(int block) {
        return (block & segmentMask) * META_INTS;
    }

    private byte[] bytesOf(int block) {
        return segments[block >>> segmentShift];
    }

    private int startOf(int block) {
        return (block & segmentMask) << blockShift;
    }
}
