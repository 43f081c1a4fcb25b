package io.fluxrig.iso.wire;

import java.util.Objects;

/**
 * How the tags of a tagged composite are written.
 *
 * <pre>
 *   tag first      39 46 | 30 33 | value       tag "9F", ASCII.LL 3
 *   length first   30 35 | 39 46 | value       the length 5 counts tag and value
 * </pre>
 *
 * @param length characters of the tag (bytes for {@link Encoding#BINARY} and {@link Encoding#HEX_TO_BYTES}); ignored
 *     for {@link Encoding#BER_TLV_TAG}
 * @param enc ASCII, EBCDIC, EBCDIC1047, BCD, BINARY (the key is hex text), HEX_TO_BYTES or BER_TLV_TAG
 * @param padding filling of keys shorter than {@code length}, taken off again to find the part
 * @param ordered whether parts must be written in the spec's order; otherwise in the order they came or were set
 * @param lengthFirst whether a part's length stands ahead of its tag and counts it too
 */
public record TagSpec(int length, Encoding enc, Padding padding, boolean ordered, boolean lengthFirst) {

    /** BER tags, in the order they came. */
    public static final TagSpec BER = new TagSpec(0, Encoding.BER_TLV_TAG, Padding.NONE, false);

    public TagSpec {
        Objects.requireNonNull(enc, "enc");
        Objects.requireNonNull(padding, "padding");
    }

    /** Tags ahead of their lengths. */
    public TagSpec(int length, Encoding enc, Padding padding, boolean ordered) {
        this(length, enc, padding, ordered, false);
    }
}
