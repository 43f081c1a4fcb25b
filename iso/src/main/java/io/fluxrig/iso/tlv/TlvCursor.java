package io.fluxrig.iso.tlv;

import io.fluxrig.iso.prefix.LengthPrefix;
import java.util.Objects;

/**
 * Steps through BER-TLV data without a spec, as EMV writes it: tags of up to 4 bytes, short and long lengths, zero bytes
 * between elements stepped over. A reusable flyweight: it copies nothing, owns nothing, and its view is valid as long
 * as the bytes are.
 *
 * <pre>
 *   9F 02 | 06 | 00 00 00 01 23 45      tag 9F02, value at 3, length 6
 * </pre>
 */
public final class TlvCursor {

    /** {@link #next()}: no element is left. */
    public static final int END = 0;
    /** {@link #next()}: the bytes end inside an element. */
    public static final int TRUNCATED = -1;
    /** {@link #next()}: the tag is longer than 4 bytes. */
    public static final int TAG_TOO_LONG = -2;
    /** {@link #next()}: the length is indefinite or of more than 3 bytes. */
    public static final int LENGTH_MALFORMED = -3;

    private byte[] bytes = new byte[0];
    private int at;
    private int limit;
    private int tag;
    private int valueOffset;
    private int valueLength;

    /** Begins at the first element. */
    public TlvCursor wrap(byte[] src, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, src.length);
        bytes = src;
        at = offset;
        limit = offset + length;
        return this;
    }

    /** Steps to the next element: the bytes it takes, {@link #END}, or a negative code, after which it is over. */
    public int next() {
        while (at < limit && bytes[at] == 0) {
            at++;
        }
        if (at == limit) {
            return END;
        }
        int tagBytes = BerTag.bytes(bytes, at, limit);
        if (tagBytes < 0) {
            return tagBytes;
        }
        int lengthAt = at + tagBytes;
        if (lengthAt == limit) {
            return TRUNCATED;
        }
        int lengthBytes = LengthPrefix.berBytes(bytes[lengthAt]);
        if (lengthBytes < 0) {
            return LENGTH_MALFORMED;
        }
        return lengthBytes > limit - lengthAt ? TRUNCATED : value(tagBytes, lengthAt, lengthBytes);
    }

    private int value(int tagBytes, int lengthAt, int lengthBytes) {
        int length = LengthPrefix.readBer(bytes, lengthAt, lengthBytes);
        if (length > limit - lengthAt - lengthBytes) {
            return TRUNCATED;
        }
        tag = LengthPrefix.read(LengthPrefix.BINARY, Math.min(tagBytes, 3), bytes, at);
        tag = tagBytes == BerTag.BYTES_MAX ? tag << 8 | bytes[at + 3] & 0xFF : tag;
        valueOffset = lengthAt + lengthBytes;
        valueLength = length;
        int taken = valueOffset + length - at;
        at = valueOffset + length;
        return taken;
    }

    /** The tag's bytes as a number: {@code 0x9F02}; four-byte tags are negative. */
    public int tag() {
        return tag;
    }

    /** Where the value begins in the array. */
    public int valueOffset() {
        return valueOffset;
    }

    /** Bytes of the value. */
    public int valueLength() {
        return valueLength;
    }
}
