package io.fluxrig.transport.entry;

/**
 * A strip's way into an {@link EntryEnds}: each call puts one record into the ring to the log's thread and never waits; the
 * promise of the log's {@code SyncMode} holds for the first {@link #kept()} of the {@link #sent()} records, in order.
 *
 * <p>The strip's thread only; allocates nothing.
 */
public interface EntrySender {
    /** The record is in the ring; {@link #kept()} tells when the promise holds. */
    int SENT = 0;
    /** No room in the ring, or for an entry more; nothing was taken. */
    int FULL = -1;
    /** Longer than a record can be; it will never fit. */
    int TOO_LONG = -2;
    /** The log has had no space on its disk for too long, or no answer from it. */
    int STALLED = -3;
    /** The log has failed or was closed. */
    int FAILED = -4;

    /**
     * Begins an entry; the bytes are copied. The last segment that there can be is not for this: once it is in use, only entries that are
     * open are written on, since their ends make room.
     *
     * @param id no other entry's, in this run or in any before
     * @return {@link #SENT} or one of the negative outcomes
     */
    int open(long id, byte[] bytes, int offset, int length);

    /** Adds to an entry that is open; as {@link #open}. */
    int add(long id, byte[] bytes, int offset, int length);

    /** Ends an entry, which the next run does not find any more; as {@link #open}. */
    int end(long id);

    /** Records sent since the log was opened. */
    long sent();

    /** How many of them the promise holds for; only rises. */
    long kept();

    /** Whether the strip is woken when {@link #kept()} rises. */
    void wakeWhenKept(boolean wanted);

    /** Has the log's thread look at the ring, and zeroes what records left in memory; once a batch. */
    void endBatch();

    /** Whether more than three quarters of the ring wait for the log, which still takes records. */
    boolean pressured();
}
