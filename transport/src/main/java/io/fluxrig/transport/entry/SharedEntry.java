package io.fluxrig.transport.entry;

import io.fluxrig.perf.buffer.Bytes;
import java.util.List;

/**
 * What a strip is told of an entry that it wanted to open and that is not its own.
 *
 * @param id under which the strip wanted to open it
 * @param records what it was opened with, then what was added, in order; the owner wipes them. Empty but for {@link Verdict#FOUND} and
 *     {@link Verdict#FOUND_AFTERWARDS}
 * @param sinceNs how long ago the strip wanted to open it; 0 but for {@link Verdict#FOUND_AFTERWARDS}
 */
public record SharedEntry(long id, Verdict verdict, List<byte[]> records, long sinceNs) {

    /** Why the entry is not the strip's own. */
    public enum Verdict {
        /** Somebody else had opened it. */
        FOUND,
        /** Somebody else had opened it, and wrote what nobody here can read. */
        UNREADABLE,
        /**
         * The strip went on, alone since nobody could tell, or with what was its own until that was lost; now that it is to be written
         * what became of the entry, somebody else's stands there. Without records where nobody here can read it.
         */
        FOUND_AFTERWARDS,
        /** Nobody can tell whether somebody else has: what keeps the entries does not answer. */
        UNKNOWN
    }

    public SharedEntry {
        records = List.copyOf(records);
    }

    /** Not {@link Verdict#FOUND_AFTERWARDS}. */
    public SharedEntry(long id, Verdict verdict, List<byte[]> records) {
        this(id, verdict, records, 0);
    }

    /** Without records. */
    public static SharedEntry of(long id, Verdict verdict) {
        return new SharedEntry(id, verdict, List.of());
    }

    /** Zeroes all of it. */
    public void wipe() {
        records.forEach(Bytes::wipe);
    }
}
