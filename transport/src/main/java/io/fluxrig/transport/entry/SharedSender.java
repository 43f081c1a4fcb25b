package io.fluxrig.transport.entry;

/**
 * A strip's way to entries that several racks share: what one has opened, nobody else can open. As {@link EntrySender}; each record, once
 * {@link #kept()} has come to it, is the strip's own, or was told by {@link #nextFound} before.
 */
public interface SharedSender extends EntrySender {
    /** Longest name of an entry. */
    int NAME_LENGTH_MAX = 0x7FFF;

    /**
     * Begins an entry, unless there is one of that name.
     *
     * @param nameLength how many of the first bytes are its name, up to {@link #NAME_LENGTH_MAX}
     */
    int open(long id, byte[] bytes, int offset, int length, int nameLength);

    /** Asks again what became of an entry that was found; told by {@link #nextFound}. */
    int look(long id);

    /** Opens the entry in place of the one that was found, if nobody has written that since. */
    int takeOver(long id);

    /** The next entry that is not the strip's own; null if there is none. Its receiver owns it. */
    SharedEntry nextFound();
}
