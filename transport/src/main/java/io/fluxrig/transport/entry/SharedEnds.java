package io.fluxrig.transport.entry;

import java.util.List;

/** What strips hold of entries that several racks share. Any thread, before the strips run. */
public interface SharedEnds extends EntryEnds {
    @Override
    SharedSender sender(int strip);

    /** Nothing: what a run before had opened is found when somebody wants to open it. */
    @Override
    default List<OpenEntry> takeOpen() {
        return List.of();
    }
}
