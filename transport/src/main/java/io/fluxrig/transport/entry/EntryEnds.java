package io.fluxrig.transport.entry;

import java.util.List;

/** What strips hold of a log of entries: {@code EntryLog}, or what stands for one in a test. Any thread, before the strips run. */
public interface EntryEnds {

    /** The way in of a strip. */
    EntrySender sender(int strip);

    /**
     * Entries that runs before this one opened and did not end, those of a strip in its order; empty when asked again. They are still in the
     * log: whoever takes them ends each, one day, over any strip's sender.
     */
    List<OpenEntry> takeOpen();
}
