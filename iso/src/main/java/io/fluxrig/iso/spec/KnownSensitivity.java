package io.fluxrig.iso.spec;

import io.fluxrig.iso.codec.FieldPath;
import io.fluxrig.iso.wire.DataElement;
import java.util.BitSet;
import java.util.Map;

/**
 * How sensitive the standard's own fields are where a spec does not say: what is not known to be harmless is treated as
 * card data.
 *
 * <p>Field numbers as in ISO 8583:1987 and 1993; tags of DE 55 as {@link EmvTags} has them.
 */
final class KnownSensitivity {
    private static final int ICC_FIELD = 55;

    /** Whole fields that hold card data for certain; a spec may not switch them clear. */
    private static final Map<Integer, Sensitivity> FIELDS = Map.of(
            DataElement.PAN,
            Sensitivity.PAN,
            34,
            Sensitivity.PAN,
            35,
            Sensitivity.SAD,
            36,
            Sensitivity.SAD,
            45,
            Sensitivity.SAD,
            52,
            Sensitivity.SAD,
            ICC_FIELD,
            Sensitivity.SAD);

    private static final BitSet HARMLESS_FIELDS = new BitSet(193);

    static {
        HARMLESS_FIELDS.set(0, 2);
        HARMLESS_FIELDS.set(3, 14);
        HARMLESS_FIELDS.set(15, 34);
        HARMLESS_FIELDS.set(37, 45);
        HARMLESS_FIELDS.set(49, 52);
        HARMLESS_FIELDS.set(54);
        HARMLESS_FIELDS.set(64, 102);
        HARMLESS_FIELDS.set(128);
    }

    private KnownSensitivity() {}

    /** What to assume. */
    static Sensitivity of(FieldPath path) {
        Sensitivity certain = certain(path);
        if (certain != null) {
            return certain;
        }
        if (path.field() == ICC_FIELD) {
            EmvTag tag = EmvTags.find(lastKey(path));
            return tag == null ? Sensitivity.CHD : tag.sensitivity();
        }
        return HARMLESS_FIELDS.get(path.field()) ? Sensitivity.NONE : Sensitivity.CHD;
    }

    /** What it holds for certain, so that a spec may only say more; null if it depends on the dialect. */
    static Sensitivity certain(FieldPath path) {
        if (path.depth() == 0) {
            return FIELDS.get(path.field());
        }
        if (path.field() != ICC_FIELD) {
            return FIELDS.get(path.field());
        }
        EmvTag tag = EmvTags.find(lastKey(path));
        return tag != null && tag.certain() ? tag.sensitivity() : null;
    }

    /** Whether what the spec says about the field goes for its parts, of which nothing is known one by one. */
    static boolean isOpaque(int field) {
        return field != ICC_FIELD;
    }

    private static String lastKey(FieldPath path) {
        String text = path.toString();
        return text.substring(text.lastIndexOf('.') + 1);
    }
}
