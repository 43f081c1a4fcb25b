package io.fluxrig.iso.wire;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * What stands inside a composite field's body.
 *
 * @param layout how a part is found
 * @param tag how tags are written; only for {@link Layout#TAGGED} and {@link Layout#BER_TLV}, otherwise null
 * @param bitmap which parts are there; only for {@link Layout#BITMAPPED}, otherwise null
 * @param parts by key, in wire order. A key is 1 to 8 printable ASCII characters: {@code 1}, {@code 9F02}; a bitmapped
 *     composite's keys are bit numbers; BER keys are upper case hex
 * @param unknownTags what happens to tags not among {@code parts}
 * @param unknownPrefix how an unknown tag tells its length; BER for BER_TLV; null if that cannot be known (REJECT)
 * @param repeat whether the body is a list of such groups, keyed {@code 1}, {@code 2}...
 * @param repeatMax most groups of a {@code repeat}
 * @param lead how many of the first {@code parts} stand by position ahead of the tags or the bitmap; 0 in other layouts
 * @param leadOptional whether those are there only where the first character is of the first one's class
 */
public record Composite(
        Layout layout,
        TagSpec tag,
        BitmapSpec bitmap,
        Map<String, WireField> parts,
        UnknownTags unknownTags,
        Prefix unknownPrefix,
        boolean repeat,
        int repeatMax,
        int lead,
        boolean leadOptional) {

    /** How a part is found. */
    public enum Layout {
        /** By place, one after the other; trailing parts may be absent. */
        POSITIONAL,
        /** By a tag of fixed size ahead of each. */
        TAGGED,
        /** By a bitmap ahead of all. */
        BITMAPPED,
        /** By BER tag and BER length. */
        BER_TLV
    }

    public Composite {
        Objects.requireNonNull(layout, "layout");
        Objects.requireNonNull(unknownTags, "unknownTags");
        parts = Collections.unmodifiableMap(new LinkedHashMap<>(parts));
        if (lead < 0 || lead > parts.size()) {
            throw new IllegalArgumentException("lead=" + lead + " parts=" + parts.size());
        }
    }

    /** Parts of which none stands ahead. */
    public Composite(
            Layout layout,
            TagSpec tag,
            BitmapSpec bitmap,
            Map<String, WireField> parts,
            UnknownTags unknownTags,
            Prefix unknownPrefix,
            boolean repeat,
            int repeatMax) {
        this(layout, tag, bitmap, parts, unknownTags, unknownPrefix, repeat, repeatMax, 0, false);
    }

    /** Parts one after the other. */
    public static Composite positional(Map<String, WireField> parts) {
        return new Composite(Layout.POSITIONAL, null, null, parts, UnknownTags.REJECT, null, false, 1);
    }

    /** Parts told by a bitmap of their own. */
    public static Composite bitmapped(BitmapSpec bitmap, Map<String, WireField> parts) {
        return new Composite(Layout.BITMAPPED, null, bitmap, parts, UnknownTags.REJECT, null, false, 1);
    }

    /** Parts behind tags of one size; an unknown tag's length is told as {@code unknownPrefix} says. */
    public static Composite tagged(
            TagSpec tag, Map<String, WireField> parts, UnknownTags unknownTags, Prefix unknownPrefix) {
        return new Composite(Layout.TAGGED, tag, null, parts, unknownTags, unknownPrefix, false, 1);
    }

    /** BER-TLV, as DE 55. */
    public static Composite berTlv(Map<String, WireField> parts, UnknownTags unknownTags) {
        return new Composite(Layout.BER_TLV, TagSpec.BER, null, parts, unknownTags, Prefix.BER, false, 1);
    }

    /** A list of such groups until the body ends. */
    public Composite repeated(int groupsMax) {
        return new Composite(layout, tag, bitmap, parts, unknownTags, unknownPrefix, true, groupsMax, lead, false);
    }

    /** The same composite with parts by position ahead of its tags or its bitmap. */
    public Composite behind(Map<String, WireField> ahead) {
        return behind(ahead, false);
    }

    /**
     * As {@link #behind(Map)}, where these parts may be missing.
     *
     * @param optional whether they are there only where the first character is of the first one's class
     */
    public Composite behind(Map<String, WireField> ahead, boolean optional) {
        Map<String, WireField> all = new LinkedHashMap<>(ahead);
        all.putAll(parts);
        return new Composite(
                layout, tag, bitmap, all, unknownTags, unknownPrefix, repeat, repeatMax, ahead.size(), optional);
    }
}
