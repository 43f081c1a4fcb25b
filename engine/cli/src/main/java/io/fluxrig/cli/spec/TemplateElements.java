package io.fluxrig.cli.spec;

import io.fluxrig.iso.codec.FieldPath;
import io.fluxrig.iso.tlv.TlvCursor;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/** Takes the bytes of a BER-TLV template apart, where the tag says that it is one and every byte bears that out. */
final class TemplateElements {
    private static final HexFormat HEX = HexFormat.of().withUpperCase();
    private static final String TAG = "([0-9A-F]{2}){1,4}";
    private static final int CONSTRUCTED = 0x20;

    private TemplateElements() {}

    /** Whether the last key of a path is the tag of a template, and the value bytes in hex. */
    static boolean mayBe(FieldRows.Row row) {
        String key = row.path().substring(row.path().lastIndexOf('.') + 1);
        return key.matches(TAG)
                && (Integer.parseInt(key.substring(0, 2), 16) & CONSTRUCTED) != 0
                && row.value().length() % 2 == 0
                && row.value().matches("[0-9A-F]+");
    }

    /** The primitive elements, and those templates that cannot be taken apart; empty if the bytes are no elements. */
    static List<FieldRows.Row> of(FieldRows.Row template) {
        List<FieldRows.Row> elements = new ArrayList<>();
        byte[] bytes = HEX.parseHex(template.value());
        TlvCursor cursor = new TlvCursor().wrap(bytes, 0, bytes.length);
        int step = cursor.next();
        for (; step > 0; step = cursor.next()) {
            int from = cursor.valueOffset();
            String tag = Integer.toHexString(cursor.tag());
            String key = (tag.length() % 2 == 0 ? tag : "0" + tag).toUpperCase(Locale.ROOT);
            String value = HEX.formatHex(bytes, from, from + cursor.valueLength());
            add(new FieldRows.Row(template.path() + "." + key, value), elements);
        }
        return step == TlvCursor.END ? elements : List.of();
    }

    private static void add(FieldRows.Row element, List<FieldRows.Row> to) {
        boolean deep = element.path().chars().filter(c -> c == '.').count() >= FieldPath.DEPTH_MAX - 1;
        List<FieldRows.Row> below = deep || !mayBe(element) ? List.of() : of(element);
        if (below.isEmpty()) {
            to.add(element);
        } else {
            to.addAll(below);
        }
    }
}
