package io.fluxrig.iso.wire;

/** Which characters a text value may hold (ISO 8583 attributes). Checked on decode and on encode. */
public enum CharClass {
    /** No check: any byte. */
    ANY,
    /** {@code n}: 0 to 9. */
    N,
    /** {@code a}: letters and space. */
    A,
    /** {@code an}: letters, digits and space. */
    AN,
    /** {@code as}: letters, space and special characters, no digits. */
    AS,
    /** {@code ns}: digits, space and special characters, no letters. */
    NS,
    /** {@code ans}: every printable character. */
    ANS,
    /** {@code z}: track 2 and 3: digits, {@code : ; < = > ?}, the separator as {@code D}, the filler {@code F}. */
    Z,
    /** {@code x+n}: C or D, then digits. */
    XN,
    /** Hex digits, either case. */
    HEX
}
