/**
 * The wire model: where the bytes of a dialect are, as plain immutable records in moov's words. A spec loader fills
 * it, {@link io.fluxrig.iso.codec.IsoCodec} compiles it; it neither reads files nor touches message bytes.
 */
package io.fluxrig.iso.wire;
