package io.fluxrig.cli.spec;

import java.util.Locale;

/**
 * The bytes about one of them, which a caret marks:
 *
 * <pre>
 *     byte 16  ** ** 9f 26 ** ** ** **
 *                          ^^
 * </pre>
 *
 * <p>Bytes that may be characters or digits of a value are shown as stars, unless clear ones are asked for.
 */
final class ByteDump {
    private static final int SHOWN = 16;

    private final boolean clear;

    ByteDump(boolean clear) {
        this.clear = clear;
    }

    /**
     * Two lines, each with its line break.
     *
     * @param at byte to mark, from 0; may be {@code length}, for what should have come behind the last
     */
    String lines(byte[] src, int offset, int length, int at) {
        int marked = Math.max(0, Math.min(at, length));
        int from = marked - marked % SHOWN;
        String head = "    byte " + from + "  ";
        StringBuilder bytes = new StringBuilder(head);
        for (int i = from; i < Math.min(length, from + SHOWN); i++) {
            bytes.append(shown(src[offset + i] & 0xff)).append(' ');
        }
        if (marked == length) {
            bytes.append("(end)");
        }
        String caret = " ".repeat(head.length() + 3 * (marked - from)) + "^^";
        return bytes.toString().stripTrailing() + "\n" + caret + "\n";
    }

    private String shown(int b) {
        return clear || !mayBeData(b) ? String.format(Locale.ROOT, "%02x", b) : "**";
    }

    /** Printable ASCII, letters and digits of EBCDIC, two BCD digits, or one with a filler or separator. */
    private static boolean mayBeData(int b) {
        int high = b >>> 4;
        int low = b & 15;
        boolean ascii = b >= 0x20 && b < 0x7f;
        boolean ebcdic = high >= 8 && low <= 9 || b == 0x40;
        boolean bcd = high <= 9 && (low <= 9 || low == 13 || low == 15) || high == 13 && low <= 9;
        return ascii || ebcdic || bcd;
    }
}
