package io.fluxrig.engine.gear;

import io.fluxrig.transport.entry.SharedEntry;
import java.util.function.Consumer;

/**
 * A {@link Ledger} that lies between racks instead of on the disk: who opens an entry of a name first has it, and whoever wants to open
 * one of that name later is told what there is.
 *
 * <pre>
 *   open(id) -> kept, and nothing found: it is this strip's own     found: it is somebody else's
 *   own:   add(id, outcome), once, or end(id) if there is none
 *   found: look(id) ... -> found again -> end(id)                   or takeOver(id) -> as open(id)
 * </pre>
 *
 * <p>What was found is told before {@link #kept()} comes to the record that asked; so what is kept and was not found is the strip's own, or,
 * as its {@link LedgerTerms} say, nobody could tell in time. If it shows afterwards that somebody else has one too, that is told once,
 * to the copy of the gear that was made last, whatever has become of the strip's own ({@link SharedEntry.Verdict#FOUND_AFTERWARDS}).
 */
public interface SharedLedger extends Ledger {

    /** Asks again what became of an entry that was found; as {@link #add}. */
    int look(long id);

    /** Opens an entry in place of the one that was found, unless somebody is faster; as {@link #open}. */
    int takeOver(long id);

    /**
     * Has the action called, on the strip's thread, with what was found: also entries of other copies of the gear, and for those of {@link
     * #open} that were told of in vain. The entry is wiped when the action returns; asked for once, at start.
     */
    void onFound(Consumer<SharedEntry> action);
}
