/**
 * The gear {@code codec_iso8583}: bytes to fields and back, where fluxMsg and the ISO 8583 codec meet. Used through the
 * gear SPI only.
 */
package io.fluxrig.engine.gears.codec;
