package io.fluxrig.iso.tlv;

/**
 * BER tags: one byte, or more where the low five bits of the first are all ones and as long as a byte has its top bit.
 *
 * <pre>
 *   95            one byte
 *   9F 02         two        5F 2A
 *   DF 81 01      three
 * </pre>
 */
public final class BerTag {

    /** Returned for bytes that end inside a tag. */
    public static final int TRUNCATED = -1;
    /** Returned for a tag longer than {@link #BYTES_MAX}. */
    public static final int TOO_LONG = -2;
    /** Bytes of a tag at most. */
    public static final int BYTES_MAX = 4;

    private static final int MORE = 0x1F;

    private BerTag() {}

    /** Bytes of the tag at {@code at}, or a negative code. */
    public static int bytes(byte[] src, int at, int limit) {
        if (at >= limit) {
            return TRUNCATED;
        }
        if ((src[at] & MORE) != MORE) {
            return 1;
        }
        for (int bytes = 2; bytes <= BYTES_MAX; bytes++) {
            if (at + bytes > limit) {
                return TRUNCATED;
            }
            if (src[at + bytes - 1] >= 0) {
                return bytes;
            }
        }
        return TOO_LONG;
    }
}
