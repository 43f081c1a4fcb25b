package io.fluxrig.iso.spec;

import io.fluxrig.iso.codec.FieldPath;
import io.fluxrig.iso.format.DateLayout;
import io.fluxrig.iso.wire.WireField;
import io.fluxrig.iso.wire.WireSpec;

/** Reads what values stand for, and tries it on the wire layer's fields. */
final class FormatReader {
    private final FaultList faults;
    private final WireSpec wire;

    /** @param wire null where it is broken, and nothing can be tried on it */
    FormatReader(FaultList faults, WireSpec wire) {
        this.faults = faults;
        this.wire = wire;
    }

    /** The format of a field's meaning, or null if it has none. */
    Format read(SourceNode.Branch node, FieldPath path, String at) {
        SourceNode.Branch branch = Values.branch(node, "format");
        Format.Kind kind = Values.word(branch, "kind", WireWords.FORMAT, null);
        if (kind == null) {
            return null;
        }
        Format format = new Format(
                kind,
                Values.text(branch, "layout", ""),
                Values.text(branch, "tz", ""),
                currency(branch, at),
                Values.flag(branch, "luhn", false));
        if (format.luhn() && kind != Format.Kind.PAN) {
            faults.error(
                    Values.leaf(branch, "luhn").place(),
                    at + ".format.luhn",
                    "only a card number has a check digit",
                    "write kind: pan, or remove luhn");
        }
        boolean moment = kind == Format.Kind.DATE || kind == Format.Kind.TIME || kind == Format.Kind.DATETIME;
        if (moment) {
            layout(branch, format, path, at + ".format.layout");
        } else if (!format.layout().isEmpty()) {
            faults.error(
                    Values.leaf(branch, "layout").place(),
                    at + ".format.layout",
                    "only a date or a time has a layout",
                    "write kind: date, time or datetime, or remove layout");
        }
        return format;
    }

    private void layout(SourceNode.Branch branch, Format format, FieldPath path, String at) {
        WireField field = wire == null ? null : Spec.wireField(wire, path);
        int characters = Format.characters(field);
        SourceNode.Leaf leaf = Values.leaf(branch, "layout");
        if (leaf == null) {
            if (field != null && format.layoutOf(field).isEmpty()) {
                faults.error(branch.place(), at, "is missing", "add layout: such as MMdd, HHmmss or MMddHHmmss");
            }
            return;
        }
        try {
            int length = DateLayout.of(leaf.text()).length();
            if (characters > 0 && characters != length) {
                faults.error(
                        leaf.place(),
                        at,
                        leaf.text() + " is " + length + " characters, the field has " + characters,
                        "correct the layout, or the length in spec.wire.fields");
            }
        } catch (IllegalArgumentException wrong) {
            faults.error(
                    leaf.place(),
                    at,
                    "no layout of a date or time: " + wrong.getMessage(),
                    "write one such as MMdd, HHmmss or MMddHHmmss");
        }
    }

    private FieldPath currency(SourceNode.Branch format, String at) {
        SourceNode.Leaf leaf = Values.leaf(format, "currency_field");
        if (leaf == null) {
            return null;
        }
        FieldPath path;
        try {
            path = FieldPath.parse(leaf.text());
        } catch (IllegalArgumentException alias) {
            faults.error(
                    leaf.place(), at + ".format.currency_field", "not a field number or path", "write one such as 49");
            return null;
        }
        if (wire != null && !Spec.defines(wire, path)) {
            faults.error(
                    leaf.place(), at + ".format.currency_field", "no field " + path, "name a field of the wire layer");
        }
        return path;
    }
}
