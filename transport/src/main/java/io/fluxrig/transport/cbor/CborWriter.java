package io.fluxrig.transport.cbor;

import io.fluxrig.perf.buffer.Bytes;

/**
 * Writes CBOR into somebody's byte array, in RFC 8949 core deterministic encoding: shortest heads and floats, definite
 * lengths, and map keys in the order of their encoded bytes.
 *
 * <pre>
 *   head   0 1 2 3 4 5 6 7                     0..23       in the first byte
 *         +-----+---------+                    24..255     + 1 byte
 *         |major|  info   | [argument 1,2,4,8] ..65535     + 2 bytes, and so on
 *         +-----+---------+
 * </pre>
 *
 * <p>A caller that knows count and order writes {@link #map} and the entries; one that does not writes {@link #openMap},
 * {@link #entry} before each key, and {@link #closeMap}, which sorts what is not in order. Faults stick (see {@link
 * CborFault}); nothing is written past the limit and nothing throws. Owns no bytes; one thread; allocates only while its
 * sorting space grows.
 */
public final class CborWriter {
    /** Longest head: one byte and eight of argument. */
    public static final int HEAD_MAX = 9;

    /** The limit after a fault: below every offset, so that nothing has room. */
    private static final int NOTHING_LEFT = -1;

    /** First byte of an unsigned number in eight bytes. */
    private static final byte LONG_UINT = 0x1B;

    /** Below this length a string is moved by words, here; from there on by the machine's own way, which costs a call. */
    private static final int WORDS_MAX = 64;

    private final MapOrder order = new MapOrder();
    private byte[] dst = new byte[0];
    private int start;
    private int at;
    private int limit;
    private int fault;

    /** Starts over at {@code offset}, never writing at or behind {@code limit}. */
    public CborWriter on(byte[] bytes, int offset, int end) {
        if (dst != bytes) { // a store of a reference costs more than this question
            dst = bytes;
        }
        start = offset;
        at = offset;
        limit = end;
        fault = CborFault.NONE;
        order.clear();
        return this;
    }

    /** Bytes written since {@link #on}, or the first fault. */
    public int result() {
        if (fault == CborFault.NONE && order.depth() != 0) {
            fail(CborFault.UNBALANCED);
        }
        return fault == CborFault.NONE ? at - start : fault;
    }

    /** Where the next byte goes. */
    public int position() {
        return at;
    }

    /** Makes {@link #result} a fault found by the caller. */
    public void fail(int code) {
        if (fault == CborFault.NONE) {
            fault = code;
            limit = NOTHING_LEFT;
        }
    }

    /** An unsigned number; a negative argument stands for the upper half of 64 bits. */
    public void uint(long value) {
        int to = at;
        if (value >>> 32 != 0 && limit - to >= HEAD_MAX) {
            dst[to] = LONG_UINT;
            Bytes.putLongBe(dst, to + 1, value);
            at = to + HEAD_MAX;
        } else {
            head(CborType.UINT, value, 0);
        }
    }

    public void integer(long value) {
        if (value < 0) {
            head(CborType.NEGATIVE, ~value, 0);
        } else {
            uint(value);
        }
    }

    public void bytes(byte[] src, int offset, int length) {
        if (head(CborType.BYTES, length, length)) {
            copy(src, offset, length);
        }
    }

    /** Text that is UTF-8 already; the caller vouches for it. */
    public void text(byte[] utf8, int offset, int length) {
        if (twoWords(utf8, offset, length)) {
            shortText(Bytes.longLe(utf8, offset), Bytes.longLe(utf8, offset + 8), length);
        } else if (head(CborType.TEXT, length, length)) {
            copy(utf8, offset, length);
        }
    }

    public void text(String text) {
        if (asciiText(text)) {
            return;
        }
        int length = Utf8.length(text);
        if (head(CborType.TEXT, length, length)) {
            at = Utf8.put(text, dst, at);
        }
    }

    /** Writes a text of below 24 ASCII characters in one pass; false, and nothing written, if it is anything else. */
    private boolean asciiText(String text) {
        int length = text.length();
        if (length > 23 || !room(1L + length)) {
            return false;
        }
        int to = at + 1;
        int seen = 0;
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            seen |= c;
            dst[to + i] = (byte) c;
        }
        if (seen > 0x7F) {
            return false;
        }
        dst[at] = (byte) (CborType.TEXT << 5 | length);
        at = to + length;
        return true;
    }

    /** A key that is known beforehand. */
    public void key(CborKey key) {
        int length = key.length();
        if (room(length)) {
            key.put(dst, at, limit);
            at += length;
        }
    }

    /**
     * A short key that is CBOR already: the low {@code length} bytes of {@code packed}, at most eight, highest first.
     */
    public void packed(long packed, int length) {
        if (limit - at >= Long.BYTES) {
            Bytes.putLongBe(dst, at, packed << Long.SIZE - 8 * length);
            at += length;
        } else if (room(length)) {
            for (int shift = 8 * (length - 1); shift >= 0; shift -= 8) {
                dst[at++] = (byte) (packed >>> shift);
            }
        }
    }

    /** Text given as ISO-8859-1. */
    public void latin1(byte[] src, int offset, int length) {
        if (twoWords(src, offset, length)) {
            long first = Bytes.longLe(src, offset);
            long second = Bytes.longLe(src, offset + 8);
            if (Utf8.isAscii(first, second, length)) {
                shortText(first, second, length);
                return;
            }
        }
        anyLatin1(src, offset, length);
    }

    /**
     * Whether a text can be written as two words whatever its length is: up to 16 bytes, with so many to read and to write.
     * Texts of many lengths mislead a branch on it.
     */
    private boolean twoWords(byte[] src, int offset, int length) {
        return length <= 16 && limit - at > 16 && src.length - offset >= 16;
    }

    private void shortText(long first, long second, int length) {
        int to = at;
        dst[to] = (byte) (CborType.TEXT << 5 | length);
        Bytes.putLongLe(dst, to + 1, first);
        Bytes.putLongLe(dst, to + 9, second);
        at = to + 1 + length;
    }

    private void anyLatin1(byte[] src, int offset, int length) {
        if (Utf8.isAscii(src, offset, length)) {
            text(src, offset, length);
            return;
        }
        int end = offset + length;
        int utf8Length = length;
        for (int i = offset; i < end; i++) {
            utf8Length += src[i] >>> 31;
        }
        if (head(CborType.TEXT, utf8Length, utf8Length)) {
            for (int i = offset; i < end; i++) {
                at = Utf8.putPoint(src[i] & 0xFF, dst, at);
            }
        }
    }

    /** A number as decimal text. */
    public void decimal(long number) {
        int digits = Digits.count(number);
        if (head(CborType.TEXT, digits, digits)) {
            Digits.put(number, dst, at, digits);
            at += digits;
        }
    }

    /** The head of a map; the caller writes exactly {@code entries} keys and values, in order. */
    public void map(int entries) {
        head(CborType.MAP, entries, 0);
    }

    /** The head of an array. */
    public void array(int items) {
        head(CborType.ARRAY, items, 0);
    }

    public void bool(boolean value) {
        single(value ? CborType.TRUE : CborType.FALSE);
    }

    public void nil() {
        single(CborType.NULL);
    }

    /** A float in the shortest precision that keeps its value. */
    public void number(double value) {
        float narrow = (float) value;
        if (!room(HEAD_MAX)) {
            return;
        }
        if (!Floats.fitsSingle(value)) {
            dst[at] = (byte) CborType.DOUBLE;
            Bytes.putLongBe(dst, at + 1, Double.doubleToRawLongBits(value));
            at += 9;
        } else if (!Floats.fitsHalf(narrow)) {
            dst[at] = (byte) CborType.SINGLE;
            Bytes.putIntBe(dst, at + 1, Float.floatToRawIntBits(narrow));
            at += 5;
        } else {
            dst[at] = (byte) CborType.HALF;
            Bytes.putShortBe(dst, at + 1, Floats.toHalf(narrow));
            at += 3;
        }
    }

    /** Items that are CBOR already, copied as they are. */
    public void encoded(byte[] src, int offset, int length) {
        if (room(length)) {
            copy(src, offset, length);
        }
    }

    /** Begins a map whose entries may come in any order. */
    public void openMap() {
        if (room(1) && !order.open(at)) {
            fail(CborFault.TOO_DEEP);
        }
        at++;
    }

    /** Called before each key of the map opened last. */
    public void entry() {
        if (!order.entry(at)) {
            fail(CborFault.TOO_LARGE);
        }
    }

    /** Ends the map opened last: counts, sorts, and writes its head. A key given twice is {@link CborFault#KEY_ORDER}. */
    public void closeMap() {
        if (fault != CborFault.NONE) {
            return;
        }
        if (order.depth() == 0) {
            fail(CborFault.UNBALANCED);
            return;
        }
        int code = order.sort(dst, at);
        if (code != CborFault.NONE) {
            fail(code);
            return;
        }
        writeMapHead(order.mapStart(), order.count());
        order.close();
    }

    private void writeMapHead(int mapStart, int entries) {
        int headLength = headLength(entries);
        int bodyLength = at - mapStart - 1;
        if (!room(headLength - 1)) {
            return;
        }
        if (headLength > 1) {
            System.arraycopy(dst, mapStart + 1, dst, mapStart + headLength, bodyLength);
        }
        at = mapStart;
        head(CborType.MAP, entries, bodyLength);
        at += bodyLength;
    }

    /** Bytes of a head with that argument. */
    static int headLength(long argument) {
        if (argument < 0) {
            return 9;
        }
        return argument < 24 ? 1 : argument < 0x100 ? 2 : argument < 0x10000 ? 3 : argument < 0x1_0000_0000L ? 5 : 9;
    }

    private void single(int initialByte) {
        if (room(1)) {
            dst[at++] = (byte) initialByte;
        }
    }

    /** Writes a head if it and {@code behind} more bytes have room. */
    private boolean head(int major, long argument, int behind) {
        if (argument >= 24 || argument < 0) {
            return longHead(major, argument, behind);
        }
        if (!room(1L + behind)) {
            return false;
        }
        dst[at++] = (byte) (major << 5 | (int) argument);
        return true;
    }

    private boolean longHead(int major, long argument, int behind) {
        int length = headLength(argument);
        if (!room((long) length + behind)) {
            return false;
        }
        int first = major << 5;
        switch (length) {
            case 2 -> {
                dst[at] = (byte) (first | 24);
                dst[at + 1] = (byte) argument;
            }
            case 3 -> {
                dst[at] = (byte) (first | 25);
                Bytes.putShortBe(dst, at + 1, (int) argument);
            }
            case 5 -> {
                dst[at] = (byte) (first | 26);
                Bytes.putIntBe(dst, at + 1, (int) argument);
            }
            default -> {
                dst[at] = (byte) (first | 27);
                Bytes.putLongBe(dst, at + 1, argument);
            }
        }
        at += length;
        return true;
    }

    /**
     * By two words a step where both sides have that many bytes: cheaper than a call for what keys and most values are. The
     * last step may write beyond the string, what comes next is written over it.
     */
    private void copy(byte[] src, int offset, int length) {
        int to = at;
        if (length < WORDS_MAX && limit - to >= length + 15 && src.length - offset >= length + 15) {
            for (int i = 0; i < length; i += 16) {
                Bytes.putLongLe(dst, to + i, Bytes.longLe(src, offset + i));
                Bytes.putLongLe(dst, to + i + 8, Bytes.longLe(src, offset + i + 8));
            }
        } else {
            System.arraycopy(src, offset, dst, to, length);
        }
        at = to + length;
    }

    private boolean room(long length) {
        if (length <= limit - at) {
            return true;
        }
        fail(CborFault.NO_ROOM);
        return false;
    }
}
