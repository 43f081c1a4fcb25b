package io.fluxrig.jpos;

/**
 * Walks BER-TLV data as jPOS's packagers step through it, looking at lengths alone: none may be beyond the bytes that are there.
 *
 * <pre>
 *   9F 02 | 84 7F FF FF FF | ...                     2,147,483,647 bytes, and 3 are there
 *   39 46 30 32 | 30 34 | 31 32 33 34                 as hex: a length counts characters
 * </pre>
 */
final class TlvLengths {
    private static final int DEPTH_MAX = 16;
    private static final int CONSTRUCTED = 0x20;
    private static final int LENGTH_OCTETS_MAX = 4;

    private final byte[] bytes;
    private final boolean hex;
    /** Bytes of an octet of a tag or a length. */
    private final int unit;

    private int at;

    /** @param hex whether tags and lengths are hex digits, in ASCII or EBCDIC */
    TlvLengths(byte[] bytes, boolean hex) {
        this.bytes = bytes;
        this.hex = hex;
        unit = hex ? 2 : 1;
    }

    /** Whether all of it can be unpacked with no more room than it has bytes. */
    boolean fit() {
        return fit(bytes.length, 0);
    }

    private boolean fit(int end, int depth) {
        while (at < end) {
            int first = octet(end);
            if ((first & 0x1F) == 0x1F) {
                int more = octet(end);
                while ((more & 0x80) != 0 && at < end) {
                    more = octet(end);
                }
            }
            long length = length(end);
            if (first < 0 || length < 0 || length > end - at) {
                return false;
            }
            int behind = at + (int) length;
            if ((first & CONSTRUCTED) != 0 && !(depth < DEPTH_MAX && !hex && fit(behind, depth + 1))) {
                return false; // as hex, jPOS takes what is inside for hex of hex
            }
            at = behind;
        }
        return true;
    }

    /** The length that stands here; negative if none does. */
    private long length(int end) {
        int first = octet(end);
        int octets = first < 0x80 ? 0 : first & 0x7F;
        if (first < 0 || octets > LENGTH_OCTETS_MAX) {
            return -1;
        }
        long length = first < 0x80 ? first : 0;
        for (int i = 0; i < octets; i++) {
            int next = octet(end);
            length = next < 0 || length < 0 ? -1 : length << 8 | next;
        }
        return length;
    }

    /** The next octet, negative where there is none. */
    private int octet(int end) {
        if (at + unit > end) {
            at = end;
            return -1;
        }
        int value = hex ? digit(bytes[at]) << 4 | digit(bytes[at + 1]) : bytes[at] & 0xFF;
        at += unit;
        return value;
    }

    /** Negative where it is none. */
    private static int digit(byte character) {
        int unsigned = character & 0xFF;
        if (unsigned >= 0xF0 && unsigned <= 0xF9) {
            return unsigned - 0xF0;
        }
        if (unsigned >= 0xC1 && unsigned <= 0xC6) {
            return unsigned - 0xC1 + 10;
        }
        return Character.digit(unsigned, 16);
    }
}
