package io.fluxrig.iso.wire;

import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * The wire layer of one dialect, whole: what {@link io.fluxrig.iso.codec.IsoCodec} compiles. Compiled codecs know each
 * other's messages as their own dialect by this object's identity, so load a dialect once and share it.
 *
 * @param name the dialect
 * @param mti the message type indicator, 4 digits, at the start
 * @param bitmap how presence is told, right behind the MTI
 * @param fields by DE number, 1 to 192; 1 only where the bitmap does not extend, 65 not where it is the tertiary bitmap
 * @param limits what one message may cost
 * @param trailing what happens to bytes behind the last field
 * @param tolerance what is taken although it should not be so
 * @param header bytes ahead of the MTI, which are kept as they came; zeros ahead of a message that came in another dialect
 */
public record WireSpec(
        String name,
        WireField mti,
        BitmapSpec bitmap,
        Map<Integer, WireField> fields,
        Limits limits,
        TrailingBytes trailing,
        Tolerance tolerance,
        int header) {

    /** The greatest header. */
    public static final int HEADER_MAX = 256;

    /** The greatest DE number. */
    public static final int FIELD_MAX = 192;

    public WireSpec {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(mti, "mti");
        Objects.requireNonNull(bitmap, "bitmap");
        Objects.requireNonNull(limits, "limits");
        Objects.requireNonNull(trailing, "trailing");
        Objects.requireNonNull(tolerance, "tolerance");
        fields = Collections.unmodifiableMap(new TreeMap<>(fields));
        if (header < 0 || header > HEADER_MAX) {
            throw new IllegalArgumentException("header=" + header + ", expected 0 to " + HEADER_MAX);
        }
        for (Integer number : fields.keySet()) {
            if (number < 1 || number > FIELD_MAX) {
                throw new IllegalArgumentException("DE " + number + ", expected 1 to " + FIELD_MAX);
            }
        }
    }

    /** A dialect with the default limits that refuses trailing bytes. */
    public WireSpec(String name, WireField mti, BitmapSpec bitmap, Map<Integer, WireField> fields) {
        this(name, mti, bitmap, fields, Limits.DEFAULT, TrailingBytes.REFUSE);
    }

    /** A dialect that tolerates nothing. */
    public WireSpec(
            String name,
            WireField mti,
            BitmapSpec bitmap,
            Map<Integer, WireField> fields,
            Limits limits,
            TrailingBytes trailing,
            int header) {
        this(name, mti, bitmap, fields, limits, trailing, Tolerance.NONE, header);
    }

    /** A dialect without a header. */
    public WireSpec(
            String name,
            WireField mti,
            BitmapSpec bitmap,
            Map<Integer, WireField> fields,
            Limits limits,
            TrailingBytes trailing) {
        this(name, mti, bitmap, fields, limits, trailing, 0);
    }
}
