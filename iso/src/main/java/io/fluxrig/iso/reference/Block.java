package io.fluxrig.iso.reference;

import java.util.List;

/** What a reference is made of. */
sealed interface Block {
    /**
     * A title.
     *
     * @param level 1 for the whole, 2 for a chapter, 3 and 4 below
     * @param id what links lead to: small letters, digits and dashes; empty if none does
     */
    record Heading(int level, String id, String text) implements Block {}

    /** Sentences. */
    record Words(Cell text) implements Block {}

    /** Names and what they are, each row two cells. */
    record Facts(List<List<Cell>> rows) implements Block {}

    /** Rows under heads; the first column names them. */
    record Grid(Shape shape, List<Cell> head, List<List<Cell>> rows) implements Block {}

    /** How the columns of a grid share its width. */
    enum Shape {
        /** As their text needs. */
        PLAIN,
        /** A column of names, then narrow ones of marks. */
        MATRIX
    }
}
