/**
 * BER-TLV tags and lengths as bytes. Called by the codec and by whoever reads EMV data without a spec.
 */
package io.fluxrig.iso.tlv;
