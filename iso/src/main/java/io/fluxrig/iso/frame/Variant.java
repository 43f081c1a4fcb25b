package io.fluxrig.iso.frame;

/**
 * The framings that have a name: where {@link Framing.Builder} starts from. Each is drawn in {@link Framing}.
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
