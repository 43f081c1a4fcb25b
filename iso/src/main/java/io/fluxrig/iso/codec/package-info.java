/**
 * The compiled codec: a wire spec becomes tables that walk a message once and allocate nothing. Gears own a codec and a message each; nothing here is safe to share between strips.
 */
package io.fluxrig.iso.codec;
