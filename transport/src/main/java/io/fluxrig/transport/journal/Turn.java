package io.fluxrig.transport.journal;

import java.io.IOException;

/** What a journal's thread does between writing and looking after space. The journal's thread only. */
@FunctionalInterface
interface Turn {
    /** Does some of it; whether there was anything to do. */
    boolean turn() throws IOException, JournalException;
}
