package io.fluxrig.iso.reference;

import java.util.ArrayList;
import java.util.List;

/**
 * A piece of text that stands in a table or for itself; nothing in it is markup.
 *
 * @param spans its parts, in order
 */
record Cell(List<Span> spans) {
    /** How a part is written. */
    enum Look {
        TEXT,
        /** What somebody types: an alias, a condition, a value. */
        CODE,
        /** One of the marks of the matrix. */
        MARK,
        /** Said beside the rest, in small. */
        ASIDE,
        /** Ends a line. */
        BREAK,
        /** Nothing to see; its target can be led to. */
        ANCHOR
    }

    /**
     * A part.
     *
     * @param target the {@link Block.Heading#id} it leads to; empty for none
     */
    record Span(Look look, String text, String target) {}

    static final Cell EMPTY = new Cell(List.of());

    Cell {
        spans = List.copyOf(spans);
    }

    static Cell of(String text) {
        return EMPTY.and(Look.TEXT, text);
    }

    static Cell code(String text) {
        return EMPTY.and(Look.CODE, text);
    }

    static Cell link(String text, String target) {
        return new Cell(List.of(new Span(Look.TEXT, text, target)));
    }

    /** The same where links lead to. */
    Cell at(String id) {
        return new Cell(List.of(new Span(Look.ANCHOR, "", id))).and(this);
    }

    /** The same with more behind it; nothing changes for an empty text. */
    Cell and(Look look, String text) {
        return text.isEmpty() ? this : and(new Cell(List.of(new Span(look, text, ""))));
    }

    Cell and(Cell more) {
        List<Span> all = new ArrayList<>(spans);
        all.addAll(more.spans);
        return new Cell(all);
    }

    /** The same with more on a line of its own; nothing changes for an empty cell. */
    Cell below(Cell more) {
        if (more.spans.isEmpty()) {
            return this;
        }
        return spans.isEmpty()
                ? more
                : and(new Cell(List.of(new Span(Look.BREAK, "", "")))).and(more);
    }
}
