package io.fluxrig.engine.gear;

import io.fluxrig.transport.journal.store.SyncMode;
import java.time.Duration;
import java.util.Objects;

/**
 * What a gear wants of its {@link Ledger}.
 *
 * @param sync when the promise of one on this rack's disk holds; null for one that racks share
 * @param kept how long an entry that racks share is there after it was written, at least
 * @param waitNs how long it waits at most to know whether an entry is its own
 * @param alone whether it goes on where nobody can tell
 */
public record LedgerTerms(SyncMode sync, Duration kept, long waitNs, boolean alone) {
    public LedgerTerms {
        Objects.requireNonNull(kept, "kept");
    }

    /** On this rack's disk. */
    public static LedgerTerms onDisk(SyncMode sync) {
        return new LedgerTerms(Objects.requireNonNull(sync, "sync"), Duration.ZERO, 0, false);
    }

    /** Between racks, a {@link SharedLedger}. */
    public static LedgerTerms shared(Duration kept, long waitNs, boolean alone) {
        return new LedgerTerms(null, kept, waitNs, alone);
    }

    public boolean isShared() {
        return sync == null;
    }
}
