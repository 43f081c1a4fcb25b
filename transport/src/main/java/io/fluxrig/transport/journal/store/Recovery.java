package io.fluxrig.transport.journal.store;

import java.io.IOException;

/**
 * Opens what a journal's folder holds: finds where delivery stopped, and reads and checks everything behind it once, so that
 * damage is known before any message flows. Static; before the journal's thread runs.
 */
public final class Recovery {
    private Recovery() {}

    /**
     * Checks the store and leaves its reading end where delivery goes on, its writing end behind all there is.
     *
     * @throws JournalException for damage, unless it is to be skipped
     */
    public static void run(BlockStore store, PositionFile position, DamageReport damage)
            throws IOException, JournalException {
        if (!position.known() && !store.log().segments().isEmpty()) {
            damage.found(
                    "its position file is missing or was changed; every message still in it will be delivered again");
        }
        boolean anchored = position.known() && rewind(store, position);
        if (!position.known()) {
            restart(store);
        } else if (!anchored) {
            damage.found(store.fault());
            restart(store);
        }
        for (int outcome = store.next(); outcome != BlockStore.END; ) {
            outcome = outcome == BlockStore.DAMAGED ? damage.atStart(store) : store.next();
        }
        if (store.readSequence() < position.appended()) {
            damage.missing(store.readSequence() + 1, position.appended());
        }
        long end = Math.max(store.readSequence(), position.appended());
        store.continueAfter(end);
        damage.startIsOver(end);
        if (!anchored || !rewind(store, position)) {
            restart(store);
        }
    }

    /** Goes to where delivery stopped; false if that place is not what the position says. */
    private static boolean rewind(BlockStore store, PositionFile position) {
        long index = position.blockIndex();
        if (index != 0 && store.log().holds(SegmentLog.segmentOf(index))) {
            return store.anchor(index, position.blockSequence(), position.blockTag());
        }
        store.follow(position.blockSequence(), position.blockTag());
        store.log().moveToStart();
        return true;
    }

    private static void restart(BlockStore store) {
        store.followAny();
        store.log().moveToStart();
    }
}
