package io.fluxrig.transport.cbor;

import io.fluxrig.perf.buffer.Bytes;
import java.util.Arrays;

/**
 * Reads CBOR out of somebody's byte array, item by item, and believes nothing: heads must be the shortest, lengths definite,
 * texts UTF-8, and everything must end inside the bytes given.
 *
 * <p>Counts and lengths come back as the value, zero or more, or as a negative {@link CborFault}. Faults stick: after the
 * first, every call returns it. A text or byte string is lent as {@link #contentOffset()} and its length. Order of map keys is
 * checked by {@link #skip()}; a caller that walks a map itself keeps {@link #itemStart} of the keys and uses {@link
 * #compare}. Owns no bytes; one thread; allocates nothing; never throws on any input.
 */
public final class CborReader {
    /** Deepest nesting of arrays, maps and tags that {@link #skip()} follows. */
    public static final int DEPTH_MAX = 32;

    /** The limit after a fault: below every offset, so that the quick ways in need no look at the fault. */
    private static final int NOTHING_LEFT = -1;

    /** First byte of an unsigned number in eight bytes. */
    private static final int LONG_UINT = 0x1B;

    private byte[] src = new byte[0];
    private int at;
    private int limit;
    private int fault;
    private int itemStart;
    private int contentOffset;
    private int major;
    private int info;
    private long argument;
    private boolean ascii;

    /** Starts over at {@code offset}. */
    public CborReader on(byte[] bytes, int offset, int length) {
        if (src != bytes) { // a store of a reference costs more than this question
            src = bytes;
        }
        at = offset;
        limit = offset + length;
        fault = CborFault.NONE;
        itemStart = offset;
        contentOffset = offset;
        return this;
    }

    /** Offset of the next byte to read. */
    public int position() {
        return at;
    }

    /** Offset behind the last byte that may be read. */
    public int limit() {
        return limit;
    }

    /** Where the item read last began. */
    public int itemStart() {
        return itemStart;
    }

    /** Where the content of the string read last begins. */
    public int contentOffset() {
        return contentOffset;
    }

    /** The bytes that are being read. */
    public byte[] source() {
        return src;
    }

    /** The first fault, {@link CborFault#NONE} if there was none. */
    public int fault() {
        return fault;
    }

    /** Makes a fault found by the caller the reader's own, and returns the first. */
    public int fail(int code) {
        if (fault == CborFault.NONE) {
            fault = code;
            limit = NOTHING_LEFT;
        }
        return fault;
    }

    /** The next item's {@link CborType}, without reading it; or a fault. */
    public int peekType() {
        if (fault != CborFault.NONE) {
            return fault;
        }
        return at < limit ? src[at] >> 5 & 7 : fail(CborFault.TRUNCATED);
    }

    /** An unsigned number below 2^63. */
    public long uint() {
        int start = at;
        if (start < limit) {
            int initial = src[start];
            if (initial >= 0 && initial < 24) {
                itemStart = start;
                at = start + 1;
                return initial;
            }
            if (initial == LONG_UINT && limit - start > Long.BYTES) {
                long value = Bytes.longBe(src, start + 1);
                if (value >= 0x1_0000_0000L) {
                    itemStart = start;
                    at = start + 1 + Long.BYTES;
                    return value;
                }
            }
        }
        if (!head(CborType.UINT)) {
            return fault;
        }
        return argument >= 0 ? argument : fail(CborFault.TOO_LARGE);
    }

    /** A number of either sign within 64 bits; look at {@link #fault()}, since a negative number is a value here. */
    public long integer() {
        if (peekType() == CborType.NEGATIVE) {
            return !head(CborType.NEGATIVE) ? 0 : argument >= 0 ? ~argument : fail(CborFault.TOO_LARGE);
        }
        long value = uint();
        return fault == CborFault.NONE ? value : 0;
    }

    /** Length of a byte string, in bytes. */
    public int bytes() {
        return head(CborType.BYTES) ? string() : fault;
    }

    /** Length of a text, in bytes of UTF-8. */
    public int text() {
        int length = shortText();
        return length >= 0 ? length : anyText();
    }

    private int anyText() {
        if (!head(CborType.TEXT)) {
            return fault;
        }
        int length = string();
        if (length < 0) {
            return length;
        }
        ascii = Utf8.isAscii(src, contentOffset, length);
        return ascii || Utf8.isValid(src, contentOffset, length) ? length : fail(CborFault.NOT_UTF8);
    }

    /** Whether the text read last is ASCII, so that each byte of it is a character. */
    public boolean contentIsAscii() {
        return ascii;
    }

    /** Number of entries of a map, whose keys and values follow. */
    public int map() {
        return head(CborType.MAP) ? count(2) : fault;
    }

    /** Number of items of an array. */
    public int array() {
        return head(CborType.ARRAY) ? count(1) : fault;
    }

    /** Whether the next item is a null; if so it is read. */
    public boolean nil() {
        if (fault == CborFault.NONE && at < limit && (src[at] & 0xFF) == CborType.NULL) {
            itemStart = at++;
            return true;
        }
        return false;
    }

    /** 1 for true, 0 for false, or a fault. */
    public int bool() {
        if (!head(CborType.SIMPLE)) {
            return fault;
        }
        int initial = src[itemStart] & 0xFF;
        return initial == CborType.TRUE ? 1 : initial == CborType.FALSE ? 0 : fail(CborFault.WRONG_TYPE);
    }

    /** A float of any precision; look at {@link #fault()}. */
    public double number() {
        if (!head(CborType.SIMPLE) || info < 25) {
            fail(CborFault.WRONG_TYPE);
            return 0;
        }
        return switch (info) {
            case 25 -> Floats.fromHalf((int) argument);
            case 26 -> Float.intBitsToFloat((int) argument);
            default -> Double.longBitsToDouble(argument);
        };
    }

    /** {@link CborFault#NONE} if every byte was read, else a fault. */
    public int end() {
        return fault == CborFault.NONE && at != limit ? fail(CborFault.TRAILING_BYTES) : fault;
    }

    /** Whether the string read last is these bytes. */
    public boolean contentEquals(int length, byte[] literal) {
        return length == literal.length && Bytes.equal(src, contentOffset, literal, 0, length);
    }

    /**
     * The first eight bytes from {@code start} on, highest first, zeros behind {@code end}: encoded short texts as numbers
     * that compare as their bytes do.
     */
    public long prefix(int start, int end) {
        int length = Math.min(end - start, Long.BYTES);
        if (length > 0 && start + Long.BYTES <= src.length) {
            return Bytes.longBe(src, start) & -1L << Long.SIZE - 8 * length;
        }
        long prefix = 0;
        for (int i = 0; i < length; i++) {
            prefix |= (src[start + i] & 0xFFL) << 56 - 8 * i;
        }
        return prefix;
    }

    /**
     * Reads past the next bytes if they are a key that the caller expects.
     *
     * @param prefix the encoded key as {@link #prefix} gives it, at most seven bytes
     * @return false, and nothing read, if they are not, or if fewer than eight bytes are left
     */
    public boolean skipKey(long prefix, int length) {
        int start = at;
        if (limit - start < Long.BYTES || (Bytes.longBe(src, start) & -1L << Long.SIZE - 8 * length) != prefix) {
            return false;
        }
        itemStart = start;
        at = start + length;
        return true;
    }

    /** As {@link #skipKey(long, int)}, for a key of any length and however near the end. */
    public boolean skipKey(CborKey key) {
        int start = at;
        if (!key.isAt(src, start, limit)) {
            return false;
        }
        itemStart = start;
        at = start + key.length();
        return true;
    }

    /** Compares two ranges of the source by their bytes, the shorter first where one begins the other. */
    public int compare(int leftStart, int leftEnd, int rightStart, int rightEnd) {
        long left = prefix(leftStart, leftEnd);
        long right = prefix(rightStart, rightEnd);
        return left != right
                ? Long.compareUnsigned(left, right)
                : Arrays.compareUnsigned(src, leftStart, leftEnd, src, rightStart, rightEnd);
    }

    /** Reads past one whole item, checking all of it; {@link CborFault#NONE} or a fault. */
    public int skip() {
        int start = at;
        WholeItem.skip(this, 0);
        itemStart = start;
        return fault;
    }

    /** Reads the most frequent item, an ASCII text below 24 bytes; -1, and nothing read, if the next is anything else. */
    int shortText() {
        int start = at;
        if (start >= limit) {
            return -1;
        }
        int length = (src[start] & 0xFF) - 0x60;
        if (length < 0 || length > 23 || length >= limit - start || !Utf8.isAscii(src, start + 1, length)) {
            return -1;
        }
        itemStart = start;
        contentOffset = start + 1;
        at = start + 1 + length;
        ascii = true;
        return length;
    }

    /** Major type of the head read last. */
    int major() {
        return major;
    }

    /** Takes the content of the string whose head was read; its length, or a fault. */
    int string() {
        if (argument < 0 || argument > limit - at) {
            return fail(CborFault.TRUNCATED);
        }
        contentOffset = at;
        at += (int) argument;
        return (int) argument;
    }

    /** The count of the container whose head was read: no more than there are bytes left for. */
    int count(int itemsEach) {
        if (argument < 0 || argument > (limit - at) / itemsEach) {
            return fail(CborFault.TRUNCATED);
        }
        return (int) argument;
    }

    /** Reads one head; of that major type, or of any with -1. */
    boolean head(int expected) {
        if (fault != CborFault.NONE) {
            return false;
        }
        if (at >= limit) {
            fail(CborFault.TRUNCATED);
            return false;
        }
        int initial = src[at] & 0xFF;
        major = initial >> 5;
        info = initial & 0x1F;
        if (expected >= 0 && major != expected) {
            fail(CborFault.WRONG_TYPE);
            return false;
        }
        itemStart = at++;
        if (info < 24) {
            argument = info;
            return major != CborType.SIMPLE || simple();
        }
        return longHead();
    }

    private boolean longHead() {
        if (info > 27) {
            fail(info == 31 ? CborFault.NOT_DETERMINISTIC : CborFault.MALFORMED);
            return false;
        }
        int length = 1 << info - 24;
        if (length > limit - at) {
            fail(CborFault.TRUNCATED);
            return false;
        }
        argument = switch (info) {
            case 24 -> src[at] & 0xFF;
            case 25 -> Bytes.shortBe(src, at);
            case 26 -> Bytes.intBe(src, at) & 0xFFFF_FFFFL;
            default -> Bytes.longBe(src, at);
        };
        at += length;
        if (major == CborType.SIMPLE) {
            return simple();
        }
        if (CborWriter.headLength(argument) != length + 1) {
            fail(CborFault.NOT_DETERMINISTIC);
            return false;
        }
        return true;
    }

    /** Major type 7: false, true, null, undefined, other simple values, and floats in their shortest form. */
    private boolean simple() {
        int code = Floats.faultOf(info, argument);
        if (code != CborFault.NONE) {
            fail(code);
        }
        return code == CborFault.NONE;
    }
}
