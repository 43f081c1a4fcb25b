package io.fluxrig.transport.journal.store;

import java.io.IOException;
import org.slf4j.Logger;

/**
 * What becomes of damage: refused with a text that names place, loss and remedy, or skipped with a log line and a count, as
 * {@link DamagePolicy} says. The journal's thread only.
 */
public final class DamageReport {
    private final JournalSettings settings;
    private final JournalFigures figures;
    private final Logger log;
    /** Damage up to here was reported when the journal was opened. */
    private long reportedUpTo;

    public DamageReport(JournalSettings settings, JournalFigures figures, Logger log) {
        this.settings = settings;
        this.figures = figures;
        this.log = log;
    }

    /** Everything that was there at start has been looked at and reported. */
    void startIsOver(long sequence) {
        reportedUpTo = sequence;
    }

    /**
     * Damage met while the journal is opened.
     *
     * @return {@link BlockStore#READ} if the block at hand can be used all the same, else what {@code next} says
     */
    public int atStart(BlockStore store, PositionFile position) throws IOException, JournalException {
        return atStart(store, settings.sync() != SyncMode.OS && store.readSequence() >= position.appended());
    }

    /**
     * Reads on in what lies aside: {@link BlockStore#READ} or {@link BlockStore#END}, behind which it is not to be asked again. Damage is
     * as in {@link #atStart(BlockStore, PositionFile)}; each block there is synced before anything is acknowledged for it.
     */
    public int nextAside(BlockStore aside) throws IOException, JournalException {
        int outcome = aside.next();
        return outcome == BlockStore.DAMAGED ? atStart(aside, true) : outcome;
    }

    /**
     * What a broken block costs shows behind it. Nothing, where the next sound one is bound to the one before it: an opening before this one
     * went on from there. Nothing either where none follows and nobody can have been promised it.
     *
     * @param unpromised whether what is left out here was promised to nobody if it is the end
     */
    private int atStart(BlockStore store, boolean unpromised) throws IOException, JournalException {
        if (store.sound()) {
            return gap(store);
        }
        String what = what(store);
        boolean unfinished = unpromised;
        int outcome = BlockStore.DAMAGED;
        while (outcome == BlockStore.DAMAGED && !store.sound()) {
            unfinished &= store.lacksSectors();
            outcome = beyond(store);
        }
        if (outcome == BlockStore.READ) {
            log.info(
                    "journal {}: {}; what follows is bound to what was before it, so nothing is missing",
                    settings.identity(),
                    what);
            return outcome;
        }
        if (outcome == BlockStore.END && unfinished) {
            log.warn(
                    "journal {}: {}. It was being written as the power went or the kernel stopped, and nobody was promised it;"
                            + " it is left out",
                    settings.identity(),
                    what);
            return outcome;
        }
        refuseUnlessSkipped(what);
        return outcome == BlockStore.DAMAGED ? gap(store) : outcome;
    }

    private int gap(BlockStore store) throws JournalException {
        refuseUnlessSkipped(what(store));
        lost(store.acceptGap());
        return BlockStore.READ;
    }

    /** Damage met while messages are delivered; what was there at the start was looked at then. */
    public int onDelivery(BlockStore store) throws IOException, JournalException {
        boolean known = store.readSequence() < reportedUpTo || store.readsWhatWas();
        if (!known) {
            refuseUnlessSkipped(what(store));
        }
        long missing = store.acceptGap();
        if (missing < 0) {
            return beyond(store);
        }
        if (!known) {
            lost(missing);
        }
        return BlockStore.READ;
    }

    /** Records that were written according to the position and are not there. */
    void missing(long from, long upTo) throws JournalException {
        refuseUnlessSkipped("the end: sequences " + from + " to " + upTo + " were written and are not there"
                + (settings.sync() == SyncMode.OS ? " (a power cut can do this to a wire with sync: os)" : ""));
        lost(upTo - from + 1);
    }

    /** Damage that costs no record, or none that can be counted. */
    void found(String what) throws JournalException {
        refuseUnlessSkipped(what);
    }

    /** Reads on behind a block that is broken. */
    private static int beyond(BlockStore store) throws IOException {
        return store.unreadable() && !store.moveBeyondSegment() ? BlockStore.END : store.next();
    }

    private void lost(long records) {
        figures.lost.add(records);
        if (records > 0) {
            log.error("journal {}: {} records are lost", settings.identity(), records);
        }
    }

    private static String what(BlockStore store) {
        return "segment " + store.log().file(store.readSegment()) + ", after sequence " + store.readSequence() + ": "
                + store.fault()
                + (store.lacksSectors() ? " (parts of it are zeros, as a power cut leaves what was not synced)" : "");
    }

    private void refuseUnlessSkipped(String what) throws JournalException {
        String text = "journal " + settings.identity() + " in " + settings.folder() + " is damaged: " + what;
        if (settings.onDamage() == DamagePolicy.REFUSE) {
            throw new JournalException(text
                    + ". Put the folder back from a copy, or start with store.on_damage = \"skip\": what cannot be"
                    + " read is then left out, counted as lost, and the rest is delivered");
        }
        log.error("{}; skipped, as store.on_damage says", text);
    }
}
