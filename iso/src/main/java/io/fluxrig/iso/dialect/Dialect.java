package io.fluxrig.iso.dialect;

import io.fluxrig.iso.spec.SpecLoad;
import java.util.List;

/**
 * A description of a dialect, read: the spec it comes to, and what of it could not be carried over.
 *
 * @param kind what kind of description it was
 * @param yaml the dialect as a spec file of ours that names no other file; it loads to {@code load}'s spec. Of a file that
 *     does not load, what there is of it, perhaps nothing
 * @param notes every difference, in the order of the file
 * @param load the spec, or everything wrong with the file
 */
public record Dialect(DialectKind kind, String yaml, List<ImportNote> notes, SpecLoad load) {
    public Dialect {
        notes = List.copyOf(notes);
    }

    /** Whether nothing is lost: the spec reads and writes whatever the description does. */
    public boolean whole() {
        return notes.stream().noneMatch(note -> note.severity() == ImportNote.Severity.LOST);
    }
}
