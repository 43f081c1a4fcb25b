package io.fluxrig.iso.wire;

import java.util.Objects;

/**
 * How presence is told: of a message's fields, or of the parts of a bitmapped composite.
 *
 * <pre>
 *   64 bits -> 8 bytes BINARY, or 16 characters HEX_ASCII / HEX_EBCDIC
 *   bit 1 set (AUTO) -> 8 more bytes follow at once;  bit 65 set -> the tertiary, at once or in DE 65's place
 * </pre>
 *
 * @param enc BINARY, HEX_ASCII or HEX_EBCDIC
 * @param bytes bytes of the first bitmap; 8 for a message
 * @param bytesMax most bytes with its extensions: 8, 16 or 24 for a message; equal to {@code bytes} where nothing extends
 * @param tertiary where DE 129 to 192 are told
 */
public record BitmapSpec(Encoding enc, int bytes, int bytesMax, Tertiary tertiary) {

    /** Where the third bitmap of a message stands. */
    public enum Tertiary {
        /** There is none; DE 65 is a field like any other. */
        NONE,
        /** Bit 65 says that it follows the second at once (a bitmap of 24 bytes). */
        CONTIGUOUS,
        /** It is the value of DE 65, in that field's place. */
        IN_FIELD_65
    }

    public BitmapSpec {
        Objects.requireNonNull(enc, "enc");
        Objects.requireNonNull(tertiary, "tertiary");
        if (enc != Encoding.BINARY && enc != Encoding.HEX_ASCII && enc != Encoding.HEX_EBCDIC) {
            throw new IllegalArgumentException("bitmap enc=" + enc + ", expected BINARY, HEX_ASCII or HEX_EBCDIC");
        }
        if (bytes < 1 || bytes > 24 || bytesMax < bytes || bytesMax > 24) {
            throw new IllegalArgumentException(
                    "bitmap bytes=" + bytes + " bytesMax=" + bytesMax + ", expected 1 to 24");
        }
    }

    /** Primary and secondary, as almost every dialect has them. */
    public static BitmapSpec secondary(Encoding enc) {
        return new BitmapSpec(enc, 8, 16, Tertiary.NONE);
    }

    /** A bitmap that never extends, so that bit 1 is a field. */
    public static BitmapSpec fixed(Encoding enc, int bytes) {
        return new BitmapSpec(enc, bytes, bytes, Tertiary.NONE);
    }
}
