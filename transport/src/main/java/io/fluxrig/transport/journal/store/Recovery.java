package io.fluxrig.transport.journal.store;

import java.io.IOException;
import java.util.function.BooleanSupplier;

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
        boolean anchored = begin(store, position, damage);
        read(store, position, damage, () -> true);
        end(store, position, damage);
        if (!anchored || !rewind(store, position)) {
            restart(store);
        }
    }

    /**
     * As {@link #run}, for who only looks: leaves the reading end where it is.
     *
     * @param goOn asked before each block
     * @return false if it was not to go on: what is behind {@link BlockStore#readSequence} was not read
     */
    public static boolean look(BlockStore store, PositionFile position, DamageReport damage, BooleanSupplier goOn)
            throws IOException, JournalException {
        begin(store, position, damage);
        boolean whole = read(store, position, damage, goOn);
        if (whole) {
            end(store, position, damage);
        }
        return whole;
    }

    private static boolean begin(BlockStore store, PositionFile position, DamageReport damage)
            throws IOException, JournalException {
        if (!position.known() && !store.log().segments().isEmpty()) {
            damage.found(
                    "its file 'position' is missing or was changed; every message still in it will be delivered again");
        }
        boolean anchored = position.known() && rewind(store, position);
        if (!position.known()) {
            restart(store);
        } else if (!anchored) {
            damage.found(store.fault());
            restart(store);
        }
        return anchored;
    }

    private static boolean read(BlockStore store, PositionFile position, DamageReport damage, BooleanSupplier goOn)
            throws IOException, JournalException {
        for (int outcome = store.next(); outcome != BlockStore.END; ) {
            if (!goOn.getAsBoolean()) {
                return false;
            }
            outcome = outcome == BlockStore.DAMAGED ? damage.atStart(store, position) : store.next();
        }
        return true;
    }

    private static void end(BlockStore store, PositionFile position, DamageReport damage)
            throws IOException, JournalException {
        if (!position.known() && store.before() != null) {
            position.startAfter(store.before());
        }
        if (store.readSequence() < position.appended()) {
            damage.missing(store.readSequence() + 1, position.appended());
        }
        long end = Math.max(store.readSequence(), position.appended());
        store.continueAfter(end);
        damage.startIsOver(end);
    }

    /** Goes to where delivery stopped; false if that place is not what the position says. */
    private static boolean rewind(BlockStore store, PositionFile position) throws IOException {
        long index = position.blockIndex();
        if (index != 0 && store.log().holds(SegmentLog.segmentOf(index))) {
            return store.anchor(index, position.blockSequence(), position.blockTag());
        }
        store.follow(position.blockSequence(), position.blockTag());
        store.toStart();
        return true;
    }

    private static void restart(BlockStore store) throws IOException {
        store.followAny();
        store.toStart();
    }
}
