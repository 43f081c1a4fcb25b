/**
 * Leaves that turn the bytes of one value into characters or digits and back: ASCII, EBCDIC, BCD, hex, and the character classes. They know nothing of fields; only the codec calls them.
 */
package io.fluxrig.iso.encoding;
