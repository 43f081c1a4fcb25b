package io.fluxrig.iso.reference;

import io.fluxrig.iso.codec.FieldPath;
import io.fluxrig.iso.spec.EnumTable;
import io.fluxrig.iso.spec.FieldMeaning;
import io.fluxrig.iso.spec.Format;
import io.fluxrig.iso.spec.Sensitivity;
import io.fluxrig.iso.spec.Spec;
import io.fluxrig.iso.wire.Composite;
import io.fluxrig.iso.wire.WireField;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** The chapters about fields: all of them in a table, those of which more is said, and the values they may have. */
final class FieldChapters {
    private final Spec spec;
    private final Disclosure disclosure;
    private final Function<String, String> names;
    private final List<EnumTable> sets;

    /** @param names of fields, by path */
    FieldChapters(Spec spec, Disclosure disclosure, Function<String, String> names) {
        this.spec = spec;
        this.disclosure = disclosure;
        this.names = names;
        this.sets = disclosure.valueSets();
    }

    static String id(int field) {
        return "de-" + field;
    }

    void add(List<Block> to) {
        to.add(new Block.Heading(2, "fields", "Fields"));
        List<List<Cell>> rows = new ArrayList<>();
        List<Block> details = new ArrayList<>();
        spec.wire().fields().forEach((number, field) -> {
            FieldPath path = FieldPath.of(number);
            if (disclosure.shows(path)) {
                List<Block> more = details(path, field);
                Cell label = more.isEmpty()
                        ? Cell.of(path.toString()).at(id(number))
                        : Cell.link(path.toString(), id(number));
                rows.add(row(label, path, field));
                if (!more.isEmpty()) {
                    String name = names.apply(path.toString());
                    details.add(new Block.Heading(3, id(number), "DE " + number + (name.isEmpty() ? "" : " ") + name));
                    details.addAll(more);
                }
            }
        });
        to.add(new Block.Grid(Block.Shape.PLAIN, heads(), rows));
        to.add(new Block.Words(
                Cell.of("n digits, a letters, s special characters, z track characters, x+n C or D and digits,"
                        + " b bytes; a number alone is the length, two dots ahead of it make it the greatest.")));
        if (!details.isEmpty()) {
            to.add(new Block.Heading(2, "details", "Fields one by one"));
            to.addAll(details);
        }
    }

    private static List<Cell> heads() {
        return MessageChapters.cells("Field", "Name", "Format", "Written as", "Sensitive");
    }

    /** @param field null of a tag that is not in the wire layer */
    private List<Cell> row(Cell label, FieldPath path, WireField field) {
        FieldMeaning meaning = spec.meaning(path);
        Cell name = Cell.of(names.apply(path.toString()));
        if (meaning != null) {
            name = name.below(Cell.EMPTY.and(Cell.Look.CODE, meaning.alias()));
        }
        return List.of(
                label,
                name,
                Cell.of(field == null ? "b" : WireText.type(field)),
                Cell.of(field == null ? "as it comes" : WireText.written(field)),
                Cell.of(sensitivity(path)));
    }

    private String sensitivity(FieldPath path) {
        Sensitivity sensitivity = spec.sensitivity(path);
        return switch (sensitivity) {
            case NONE -> "";
            case PII -> "personal";
            case CHD -> "cardholder data";
            case PAN -> "card number";
            case SAD -> "authentication data, never stored";
        };
    }

    /** What there is to say of a field beyond its row. */
    private List<Block> details(FieldPath path, WireField field) {
        List<Block> blocks = new ArrayList<>();
        FieldMeaning meaning = spec.meaning(path);
        if (meaning != null) {
            about(meaning, blocks);
        }
        if (field.composite() != null) {
            blocks.add(new Block.Words(Cell.of(WireText.layout(field.composite()))));
            parts(path, field.composite(), blocks);
        }
        return blocks;
    }

    private void about(FieldMeaning meaning, List<Block> to) {
        if (!meaning.meaning().isEmpty()) {
            to.add(new Block.Words(Cell.of(meaning.meaning())));
        }
        if (!meaning.note().isEmpty()) {
            to.add(new Block.Words(Cell.of("Note: " + meaning.note())));
        }
        List<List<Cell>> facts = new ArrayList<>();
        if (meaning.format() != null) {
            facts.add(List.of(Cell.of("Holds"), format(meaning.format())));
        }
        if (meaning.cryptoRole() != FieldMeaning.CryptoRole.NONE) {
            facts.add(List.of(
                    Cell.of("Cryptography"),
                    Cell.of(
                            meaning.cryptoRole() == FieldMeaning.CryptoRole.MAC
                                    ? "message authentication code"
                                    : "PIN block")));
        }
        if (meaning.values() != null && isNamed(meaning.values())) {
            facts.add(List.of(Cell.of("Values"), Cell.link(meaning.values().name(), setId(meaning.values()))));
        }
        if (!facts.isEmpty()) {
            to.add(new Block.Facts(facts));
        }
        if (meaning.values() != null && !isNamed(meaning.values())) {
            to.add(values(meaning.values()));
        }
    }

    private Cell format(Format format) {
        Cell cell = Cell.of(format.kind() == Format.Kind.PAN ? "a card number" : MessageChapters.word(format.kind()));
        if (!format.layout().isEmpty()) {
            cell = cell.and(Cell.Look.TEXT, " ").and(Cell.Look.CODE, format.layout());
        }
        if (!format.tz().isEmpty()) {
            cell = cell.and(Cell.Look.TEXT, " in " + format.tz());
        }
        if (format.currencyField() != null && disclosure.shows(format.currencyField())) {
            String field = format.currencyField().toString();
            cell = cell.and(Cell.Look.TEXT, ", its currency in ")
                    .and(Cell.link("DE " + field, id(format.currencyField().field())));
        }
        return cell;
    }

    private void parts(FieldPath field, Composite composite, List<Block> to) {
        List<List<Cell>> rows = new ArrayList<>();
        List<Block> below = new ArrayList<>();
        Set<FieldPath> told = new HashSet<>();
        String group = composite.repeat() ? ".1" : "";
        parts(field + group, field + (composite.repeat() ? ".n" : ""), composite, told, rows, below);
        // Tags that are passed on as they come may have a meaning all the same.
        for (FieldMeaning meaning : spec.meanings().values()) {
            boolean inside = meaning.path().depth() > 0 && meaning.path().field() == field.field();
            if (inside && disclosure.shows(meaning.path()) && told.add(meaning.path())) {
                rows.add(row(Cell.of(meaning.path().toString()), meaning.path(), null));
                aboutPart(meaning, meaning.path().toString(), below);
            }
        }
        if (!rows.isEmpty()) {
            to.add(new Block.Grid(Block.Shape.PLAIN, heads(), rows));
        }
        to.addAll(below);
    }

    private void parts(
            String base,
            String shown,
            Composite composite,
            Set<FieldPath> told,
            List<List<Cell>> rows,
            List<Block> below) {
        for (Map.Entry<String, WireField> part : composite.parts().entrySet()) {
            String text = base + "." + part.getKey();
            String label = shown + "." + part.getKey();
            FieldPath path = FieldPath.parse(text);
            told.add(path);
            if (!disclosure.shows(path)) {
                continue;
            }
            rows.add(row(Cell.of(label), path, part.getValue()));
            FieldMeaning meaning = spec.meaning(path);
            if (meaning != null) {
                aboutPart(meaning, label, below);
            }
            Composite inner = part.getValue().composite();
            if (inner != null) {
                below.add(new Block.Words(Cell.of(label + ": " + WireText.layout(inner))));
                parts(
                        text + (inner.repeat() ? ".1" : ""),
                        label + (inner.repeat() ? ".n" : ""),
                        inner,
                        told,
                        rows,
                        below);
            }
        }
    }

    private void aboutPart(FieldMeaning meaning, String label, List<Block> to) {
        List<Block> blocks = new ArrayList<>();
        about(meaning, blocks);
        if (!blocks.isEmpty()) {
            String name = names.apply(meaning.path().toString());
            to.add(new Block.Heading(4, "", label + (name.isEmpty() ? "" : " ") + name));
            to.addAll(blocks);
        }
    }

    private boolean isNamed(EnumTable table) {
        return sets.contains(table);
    }

    private String setId(EnumTable table) {
        return "values-" + (sets.indexOf(table) + 1);
    }

    void addValueSets(List<Block> to) {
        if (sets.isEmpty()) {
            return;
        }
        to.add(new Block.Heading(2, "values", "Value sets"));
        for (EnumTable table : sets) {
            to.add(new Block.Heading(3, setId(table), table.name()));
            to.add(values(table));
            to.add(new Block.Words(
                    Cell.of(table.closed() ? "There are no other values." : "There may be other values.")));
        }
    }

    private static Block values(EnumTable table) {
        List<List<Cell>> rows = new ArrayList<>();
        table.values()
                .forEach((value, known) -> rows.add(List.of(
                        Cell.code(value),
                        Cell.of(known.name()).below(Cell.EMPTY.and(Cell.Look.ASIDE, known.note())),
                        Cell.of(known.category()))));
        return new Block.Grid(Block.Shape.PLAIN, MessageChapters.cells("Value", "Means", "Category"), rows);
    }
}
