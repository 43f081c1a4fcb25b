package io.fluxrig.iso.reference;

import io.fluxrig.iso.spec.Check;
import io.fluxrig.iso.spec.FieldMeaning;
import io.fluxrig.iso.spec.MessageType;
import io.fluxrig.iso.spec.Spec;
import io.fluxrig.iso.spec.Usage;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** The chapters about messages: which there are, what stands in which, and each by itself. */
final class MessageChapters {
    /** Columns of messages side by side, so that the matrix fits a sheet of paper. */
    static final int COLUMNS_MAX = 16;

    private static final long SECOND_MS = 1000;

    private final Spec spec;
    private final Disclosure disclosure;
    private final Function<String, String> names;
    private final List<FieldMeaning> used;

    /** @param names of fields, by path */
    MessageChapters(Spec spec, Disclosure disclosure, Function<String, String> names) {
        this.spec = spec;
        this.disclosure = disclosure;
        this.names = names;
        this.used = spec.meanings().values().stream()
                .filter(meaning -> !meaning.usages().isEmpty() && disclosure.shows(meaning.path()))
                .sorted(Comparator.comparingInt(meaning -> meaning.path().field()))
                .toList();
    }

    static String mti(int number) {
        return String.format(Locale.ROOT, "%04d", number);
    }

    static String mtis(List<Integer> numbers) {
        return numbers.isEmpty()
                ? "all"
                : String.join(", ", numbers.stream().map(MessageChapters::mti).toList());
    }

    void add(List<Block> to) {
        to.add(new Block.Heading(2, "messages", "Messages"));
        if (spec.catalog().isEmpty()) {
            to.add(new Block.Words(Cell.of("The dialect lists no messages.")));
            return;
        }
        to.add(catalog());
        if (!used.isEmpty()) {
            matrix(to);
        }
        to.add(new Block.Heading(2, "each-message", "Messages one by one"));
        spec.catalog().values().forEach(type -> message(type, to));
    }

    private Block catalog() {
        List<List<Cell>> rows = new ArrayList<>();
        for (MessageType type : spec.catalog().values()) {
            rows.add(List.of(
                    Cell.link(mti(type.mti()), id(type.mti())),
                    Cell.of(type.name()).below(Cell.EMPTY.and(Cell.Look.ASIDE, type.note())),
                    Cell.of(word(type.flow())),
                    pair(type),
                    Cell.of(timeout(type))));
        }
        return new Block.Grid(Block.Shape.PLAIN, cells("MTI", "Name", "Flow", "Goes with", "Answer within"), rows);
    }

    private Cell pair(MessageType type) {
        if (type.pairsWith() < 0) {
            return Cell.EMPTY;
        }
        String other = mti(type.pairsWith());
        return spec.catalog().containsKey(type.pairsWith()) ? Cell.link(other, id(type.pairsWith())) : Cell.of(other);
    }

    private static String timeout(MessageType type) {
        long ms = type.responseTimeoutMs();
        return ms == 0 ? "" : ms % SECOND_MS == 0 ? ms / SECOND_MS + " s" : ms + " ms";
    }

    private void matrix(List<Block> to) {
        to.add(new Block.Heading(2, "matrix", "Fields by message"));
        Cell legend = Cell.EMPTY;
        for (FieldUse use : FieldUse.values()) {
            legend = legend.and(Cell.Look.MARK, use.mark()).and(Cell.Look.TEXT, " " + use.words() + "; ");
        }
        to.add(new Block.Words(legend.and(Cell.Look.TEXT, "nothing: not said")));
        List<MessageType> types = List.copyOf(spec.catalog().values());
        for (int from = 0; from < types.size(); from += COLUMNS_MAX) {
            to.add(columns(types.subList(from, Math.min(types.size(), from + COLUMNS_MAX))));
        }
    }

    private Block columns(List<MessageType> types) {
        List<Cell> head = new ArrayList<>(cells("Field"));
        types.forEach(type -> head.add(Cell.link(mti(type.mti()), id(type.mti()))));
        List<List<Cell>> rows = new ArrayList<>();
        for (FieldMeaning meaning : used) {
            List<Cell> row = new ArrayList<>();
            row.add(field(meaning));
            for (MessageType type : types) {
                FieldUse use = FieldUse.of(meaning, type);
                row.add(use == null ? Cell.EMPTY : Cell.EMPTY.and(Cell.Look.MARK, use.mark()));
            }
            rows.add(row);
        }
        return new Block.Grid(Block.Shape.MATRIX, head, rows);
    }

    private Cell field(FieldMeaning meaning) {
        String path = meaning.path().toString();
        String name = names.apply(path);
        return Cell.link(path, FieldChapters.id(meaning.path().field())).and(Cell.Look.TEXT, " " + name);
    }

    private void message(MessageType type, List<Block> to) {
        to.add(new Block.Heading(3, id(type.mti()), mti(type.mti()) + " " + type.name()));
        List<List<Cell>> rows = new ArrayList<>();
        for (FieldMeaning meaning : used) {
            for (Usage usage : meaning.usages()) {
                if (usage.concerns(type.mti())) {
                    rows.add(List.of(
                            field(meaning),
                            Cell.of(word(usage.presence())),
                            disclosure.condition(usage.when()),
                            Cell.of(value(usage, type)).below(Cell.EMPTY.and(Cell.Look.ASIDE, usage.note()))));
                }
            }
        }
        if (rows.isEmpty()) {
            to.add(new Block.Words(Cell.of("Nothing is said about its fields.")));
        } else {
            to.add(new Block.Grid(Block.Shape.PLAIN, cells("Field", "Use", "When", "Value"), rows));
        }
        disclosure.checks().stream()
                .filter(check -> check.mtis().contains(type.mti()))
                .forEach(check -> to.add(new Block.Words(check(check))));
    }

    private static Cell check(Check check) {
        return Cell.of("Check: " + check.name() + ", ").and(Cell.Look.CODE, check.assertion());
    }

    /** Only an answer takes something from its request. */
    private static String value(Usage usage, MessageType type) {
        if (type.flow() != MessageType.Flow.RESPONSE) {
            return "";
        }
        return switch (usage.responseValue()) {
            case UNSPECIFIED -> "";
            case ECHO -> "the request's";
            case NEW -> "new";
            case MODIFIED -> "the request's, changed";
        };
    }

    static String id(int mti) {
        return "mti-" + mti(mti);
    }

    static String word(Enum<?> one) {
        return one.name().toLowerCase(Locale.ROOT);
    }

    static List<Cell> cells(String... texts) {
        List<Cell> cells = new ArrayList<>();
        for (String text : texts) {
            cells.add(Cell.of(text));
        }
        return cells;
    }
}
