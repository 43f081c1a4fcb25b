package io.fluxrig.iso.spec;

import io.fluxrig.iso.codec.FieldPath;
import io.fluxrig.iso.wire.DataElement;
import java.util.BitSet;
import java.util.Map;
import java.util.Set;

/**
 * How sensitive the standard's own fields are where a spec does not say: what is not known to be harmless is treated as
 * card data.
 *
 * <p>Field numbers as in ISO 8583:1987 and 1993; tags as in EMV book 3 and the contactless books.
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

    /** EMV tags that hold card data for certain: track equivalents, numbers, names, expiry, service code, PIN. */
    private static final Map<String, Sensitivity> TAGS = Map.ofEntries(
            Map.entry("56", Sensitivity.SAD),
            Map.entry("57", Sensitivity.SAD),
            Map.entry("5A", Sensitivity.PAN),
            Map.entry("5F20", Sensitivity.CHD),
            Map.entry("5F24", Sensitivity.CHD),
            Map.entry("5F30", Sensitivity.CHD),
            Map.entry("99", Sensitivity.SAD),
            Map.entry("9F0B", Sensitivity.CHD),
            Map.entry("9F1F", Sensitivity.SAD),
            Map.entry("9F20", Sensitivity.SAD),
            Map.entry("9F6B", Sensitivity.SAD));

    private static final Set<String> HARMLESS_TAGS = Set.of(
            "4F", "50", "71", "72", "82", "84", "8A", "8E", "91", "95", "9A", "9B", "9C", "5F2A", "5F2D", "5F34",
            "5F36", "9F01", "9F02", "9F03", "9F06", "9F07", "9F08", "9F09", "9F0D", "9F0E", "9F0F", "9F10", "9F12",
            "9F15", "9F16", "9F1A", "9F1B", "9F1C", "9F1E", "9F21", "9F26", "9F27", "9F33", "9F34", "9F35", "9F36",
            "9F37", "9F39", "9F40", "9F41", "9F4C", "9F53", "9F5B", "9F66", "9F6C", "9F6E");

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
        boolean harmless =
                path.field() == ICC_FIELD ? HARMLESS_TAGS.contains(lastKey(path)) : HARMLESS_FIELDS.get(path.field());
        return harmless ? Sensitivity.NONE : Sensitivity.CHD;
    }

    /** What it holds for certain, so that a spec may only say more; null if it depends on the dialect. */
    static Sensitivity certain(FieldPath path) {
        if (path.depth() == 0) {
            return FIELDS.get(path.field());
        }
        return path.field() == ICC_FIELD ? TAGS.get(lastKey(path)) : FIELDS.get(path.field());
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
