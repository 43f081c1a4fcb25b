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
    public int atStart(BlockStore store) throws IOException, JournalException {
        refuseUnlessSkipped(place(store) + ": " + store.fault());
        return goOn(store, true);
    }

    /** Damage met while messages are delivered. */
    public int onDelivery(BlockStore store) throws IOException, JournalException {
        boolean known = store.readSequence() < reportedUpTo;
        if (!known) {
            refuseUnlessSkipped(place(store) + ": " + store.fault());
        }
        return goOn(store, !known);
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

    private int goOn(BlockStore store, boolean count) throws IOException {
        long missing = store.acceptGap();
        if (missing >= 0) {
            if (count) {
                lost(missing);
            }
            return BlockStore.READ;
        }
        if (store.unreadable()) {
            return store.moveBeyondSegment() ? store.next() : BlockStore.END;
        }
        return store.next();
    }

    private void lost(long records) {
        figures.lost.add(records);
        if (records > 0) {
            log.error("journal {}: {} records are lost", settings.identity(), records);
        }
    }

    private String place(BlockStore store) {
        return "segment " + store.log().file(store.readSegment()) + ", after sequence " + store.readSequence();
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
