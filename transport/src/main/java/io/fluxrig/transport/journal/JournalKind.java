package io.fluxrig.transport.journal;

import io.fluxrig.transport.ends.JournalFeed;
import io.fluxrig.transport.ends.JournalTap;
import io.fluxrig.transport.journal.store.JournalSettings;

/** What stands at the two ends of a journal. */
public enum JournalKind {
    /** Each strip sends and receives: a durable wire. */
    LOCAL,
    /** Strips send, a {@link JournalTap} takes everything out in one order: the near end of a wire to another rack. */
    OUTGOING,
    /** A {@link JournalFeed} sends, strips receive: the far end of such a wire. */
    INCOMING;

    /** Largest ring of a journal that is not {@link #LOCAL}: a record with its sequence still fits the way out. */
    public static final int RING_BYTES_MAX = 1 << 19;

    /**
     * Bytes of each ring from a strip or a feed, where so many are configured. Who receives takes whatever another rack may have said yes to,
     * and takes it back from a gear that refuses it, however little is configured here.
     */
    public int ringBytes(long configured) {
        return switch (this) {
            case LOCAL -> (int) Math.min(JournalSettings.RING_BYTES_MAX, configured);
            case OUTGOING -> (int) Math.min(RING_BYTES_MAX, configured);
            case INCOMING -> RING_BYTES_MAX;
        };
    }

    /** How many pairs of rings there are: one for each strip, and one for the feed. */
    int ends(int strips) {
        return this == INCOMING ? strips + 1 : strips;
    }

    /** How many ends messages are delivered to. */
    int deliveryEnds(int strips) {
        return this == OUTGOING ? 1 : strips;
    }
}
