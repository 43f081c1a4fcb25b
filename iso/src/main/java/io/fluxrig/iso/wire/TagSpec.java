package io.fluxrig.iso.wire;

import java.util.Objects;

/**
 * How the tags of a tagged composite are written.
 *
 * @param length characters of the tag (bytes for {@link Encoding#BINARY}); ignored for {@link Encoding#BER_TLV_TAG}
 * @param enc ASCII, EBCDIC, EBCDIC1047, BCD, BINARY (the key is hex text), HEX_TO_BYTES or BER_TLV_TAG
 * @param padding filling of keys shorter than {@code length}, taken off again to find the part
 * @param ordered whether parts must be written in the spec's order; otherwise in the order they came or were set
 */
public record TagSpec(int length, Encoding enc, Padding padding, boolean ordered) {

    /** BER tags, in the order they came. */
    public static final TagSpec BER = new TagSpec(0, Encoding.BER_TLV_TAG, Padding.NONE, false);

    public TagSpec {
        Objects.requireNonNull(enc, "enc");
        Objects.requireNonNull(padding, "padding");
    }
}
