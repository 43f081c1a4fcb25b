package io.fluxrig.transport.lease;

import java.io.IOException;

/**
 * One entry that whoever is first may make, that ends by itself a while after it was written last, and that is written again only by
 * who knows its revision. Calls block for a bounded time. Each throws {@link IOException} where it is not known what came of it.
 */
public interface LeaseStore {
    /** In place of a revision: somebody else was first. */
    long TAKEN = -1;

    /** What is there now. */
    record Entry(long revision, byte[] value) {}

    /** Null if there is none. */
    Entry read() throws IOException;

    /** Makes the entry; its revision, or {@link #TAKEN}. */
    long create(byte[] value) throws IOException;

    /** Writes it again, if nobody has since; its new revision, or {@link #TAKEN}. */
    long update(byte[] value, long revision) throws IOException;

    /** Removes it, if nobody has written it since. */
    void remove(long revision) throws IOException;
}
