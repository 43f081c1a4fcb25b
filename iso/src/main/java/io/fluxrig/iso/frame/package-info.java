/**
 * Where one ISO 8583 message ends and the next begins on a byte stream: length prefix, protocol header, TPDU, trailer.
 *
 * <p>Works on slices of {@code byte[]} and allocates nothing. The socket gear calls it; it knows no sockets and no
 * fields.
 */
package io.fluxrig.iso.frame;
