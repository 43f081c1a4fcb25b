package io.fluxrig.transport.journal.thread;

import io.fluxrig.transport.journal.store.JournalException;
import java.io.IOException;

/** What a journal's thread does between writing and looking after space. The journal's thread only. */
@FunctionalInterface
public interface Turn {
    /** Does some of it; whether there was anything to do. */
    boolean turn() throws IOException, JournalException;
}
