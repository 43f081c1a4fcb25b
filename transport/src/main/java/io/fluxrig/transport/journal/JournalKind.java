package io.fluxrig.transport.journal;

import io.fluxrig.transport.ends.JournalFeed;
import io.fluxrig.transport.ends.JournalTap;

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

    /** How many pairs of rings there are: one for each strip, and one for the feed. */
    int ends(int strips) {
        return this == INCOMING ? strips + 1 : strips;
    }

    /** How many ends messages are delivered to. */
    int deliveryEnds(int strips) {
        return this == OUTGOING ? 1 : strips;
    }
}
