/**
 * Gear pack {@code jpos}: {@code codec_jpos} runs a jPOS {@code ISOPackager} class as a codec gear, for a packager that is code and no
 * file. The one place where fluxrig links jPOS, which is AGPL-3.0: no other module depends on this one, and none of it is on the
 * class path unless {@code FLUXRIG_PACKS} asks for it. Knows the gear SPI, decoded messages and the codec gear.
 */
package io.fluxrig.jpos;
