package io.fluxrig.iso.wire;

/**
 * How the characters or bytes of one value, one tag or one length are written.
 *
 * <pre>
 *   value "123" (text)      ASCII 31 32 33      EBCDIC F1 F2 F3
 *                           BCD 01 23           BCD_F F1 23
 *                           LBCD 12 30          LBCD_F 12 3F
 *   value 9F (one byte)     BINARY 9F           HEX_ASCII 39 46   HEX_EBCDIC F9 C6
 *   value "9F" (text)       HEX_TO_BYTES 9F
 *   value "C123" (x+n)      SIGN_BCD 43 01 23   ASCII sign byte, then BCD
 * </pre>
 */
public enum Encoding {
    /** One byte a character, ISO-8859-1. moov {@code ASCII}. */
    ASCII,
    /** One byte a character, code page 037. moov {@code EBCDIC}. */
    EBCDIC,
    /** One byte a character, code page 1047. moov {@code EBCDIC1047}; jPOS's EBCDIC. */
    EBCDIC1047,
    /** Two digits a byte, right-aligned: an odd count leaves a 0 in the first high nibble. moov {@code BCD}. */
    BCD,
    /** As {@link #BCD}, with F as the filler. */
    BCD_F,
    /** Two digits a byte, left-aligned: an odd count leaves a 0 in the last low nibble. moov {@code LBCD}. */
    LBCD,
    /** As {@link #LBCD}, with F as the filler. */
    LBCD_F,
    /** One ASCII character (the sign of an x+n amount), then {@link #BCD} digits. */
    SIGN_BCD,
    /** Raw bytes as they are. moov {@code Binary}. */
    BINARY,
    /** A value of bytes, written as two ASCII hex characters each. moov {@code BytesToASCIIHex}. */
    HEX_ASCII,
    /** A value of bytes, written as two EBCDIC hex characters each. */
    HEX_EBCDIC,
    /** A value of hex text, written as the bytes it spells. moov {@code ASCIIHexToBytes}. */
    HEX_TO_BYTES,
    /** A BER tag of one or more bytes; the value is its hex text. For tags only. moov {@code BerTLVTag}. */
    BER_TLV_TAG;
}
