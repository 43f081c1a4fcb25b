package io.fluxrig.engine.gear;

import io.fluxrig.transport.entry.OpenEntry;
import java.util.List;

/**
 * What a gear keeps on the rack's disk on its strip, sealed, so that its next run finds what this one had not ended: entries, each
 * opened with some bytes, added to and ended.
 *
 * <pre>
 *   open(id, bytes) -> add(id, bytes) ... -> end(id)          kept in that order
 *   takeOpen()                                                what runs before had not ended
 * </pre>
 *
 * <p>A call copies its bytes into a ring to a thread of its own; nothing waits and nothing here touches the disk. {@link #TAKEN} means
 * that the record is on its way; it is <em>kept</em>, as the log's {@code sync} promises, once {@link #kept()} has come as far as
 * {@link #sent()} had. An entry must be ended one day, or the log grows: a record that is not taken is to be offered again.
 *
 * <p>The ledger is the gear's, by its name, and not one copy's: where a changed scenario replaces a gear while the rack runs, both
 * copies write into it, and the one that is made finds nothing, since what is open belongs to the other. Strip thread only, but
 * {@link #takeOpen}; allocates nothing.
 */
public interface Ledger {
    /** The record is in the ring. */
    int TAKEN = 0;
    /** No room in the ring: nothing was taken, there may be room soon. */
    int FULL = -1;
    /** Nothing was taken: no space on the disk for too long, or a log that has failed. */
    int REFUSED = -2;
    /** Longer than a record can be: it will never be taken. */
    int TOO_LONG = -3;

    /**
     * Opens an entry. The last quarter of the ring is not for this: what becomes of entries that are open finds room there. A full ring does not
     * keep the strip from reading sockets, since answers would wait too; only who gets {@link #FULL} is to wait.
     *
     * @param id no other entry's, in this run or any before; such as {@link GearContext#ids} gives
     * @param nameLength how many of the first bytes name the entry; of meaning in a {@link SharedLedger}
     * @return {@link #TAKEN} or one of the negative outcomes
     */
    int open(long id, byte[] bytes, int offset, int length, int nameLength);

    /** Adds to an entry that is open; as {@link #open}. */
    int add(long id, byte[] bytes, int offset, int length);

    /** Ends an entry, of this run or one before; as {@link #open}. */
    int end(long id);

    /** Records taken on this strip since the rack started, those of other copies of the gear among them. */
    long sent();

    /** How many of them are kept; only rises. */
    long kept();

    /** Runs the action on the strip's thread whenever {@link #kept()} has risen; asked for once, at start. */
    void onKept(Runnable action);

    /**
     * What runs of the rack before this one had not ended, on whichever strip; to the first copy that asks, which
     * owns it and ends each entry one day. Nothing to anybody after that. Any thread.
     */
    List<OpenEntry> takeOpen();

    /** What {@code conn.rack} says of a connection that this rack accepted in a run before. */
    String runBefore();
}
