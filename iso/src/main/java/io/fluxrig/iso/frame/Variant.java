package io.fluxrig.iso.frame;

/**
 * The framings that have a name: where {@link Framing.Builder} starts from. Each with an 0800 of 26 bytes behind it:
 *
 * <pre>
 *  {@link #GENERIC}
 *   00 1A | 30 38 30 30 ...
 *   length  body
 *
 *  {@link #MASTERCARD}
 *   00 1A | F0 F8 F0 F0 ...
 *   length  EBCDIC body
 *
 *  {@link #HYPERCOM}
 *   00 1F | 60 00 03 00 00                | 08 00 ...
 *   length  TPDU: id, destination, source   BCD body        length = 5 + 26
 *
 *   the answer goes back with destination and source swapped:
 *   00 1F | 60 00 00 00 03 | 08 10 ...
 *
 *  {@link #VISA}
 *   00 30 00 00 | 16 01 02 00 30 00 00 00 12 34 56 00 00 00 00 00 00 00 00 00 00 00 | 30 38 30 30 ...
 *   length      | |  |  |  |     |        |        +- control, flags, batch, reserved
 *   reserved ---+ |  |  |  |     |        +- source station, 6 digits
 *     not counted |  |  |  |     +- destination station, 6 digits
 *                 |  |  |  +- header and body: 22 + 26
 *                 |  |  +- text format
 *                 |  +- header format
 *                 +- header length, 22
 *
 *  {@link #UNIONPAY}
 *   30 30 37 32 | 2E 82 30 30 37 32 (11 bytes) (11 bytes) ...  | 30 38 30 30 ...
 *   "0072"        |  |  "0072"      |          |
 *   length        |  |  header      |          +- source station
 *   = 46 + 26     |  |  and body    +- destination station
 *                 |  +- version
 *                 +- header length, 46
 * </pre>
 */
public enum Variant {
    /** Length prefix and message. */
    GENERIC,
    /** Length, two reserved bytes, and the 22-byte BASE I header with station ids and a length of its own. */
    VISA,
    /** Length and an EBCDIC message. */
    MASTERCARD,
    /** Four ASCII digits and the 46-byte header with station ids and a length of its own. */
    UNIONPAY,
    /** Length, five bytes of TPDU and a BCD message. */
    HYPERCOM
}
