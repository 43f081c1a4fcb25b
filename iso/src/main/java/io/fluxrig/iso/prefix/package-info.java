/**
 * Length prefixes: digits, BCD, binary, hex and BER lengths read and written. They know nothing of fields; only the codec and the TLV reader call them.
 */
package io.fluxrig.iso.prefix;
