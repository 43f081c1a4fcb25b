package io.fluxrig.engine.gear;

import io.fluxrig.perf.clock.Clock;
import io.fluxrig.perf.id.IdGenerator;
import java.util.function.IntPredicate;
import java.util.function.Supplier;
import org.slf4j.Logger;

/**
 * Everything a gear may know of the world: its configuration, its wires, time, ids, metrics. The same gear runs in a rack,
 * in a unit test and in the simulation; only the context differs.
 */
public interface GearContext {

    /** The gear's name in the scenario. */
    String name();

    /** The gear's position in the scenario, from 0; the same on every strip. */
    int ordinal();

    /** This strip, from 0. */
    int strip();

    int stripCount();

    /** The checked configuration, defaults filled in. */
    GearConfig config();

    Clock clock();

    Timers timers();

    /** Message ids, unique in the fleet; for this strip only. */
    IdGenerator ids();

    /** The output port of that name; emits {@link Outcome#NOT_WIRED} where the scenario wires nothing to it. */
    Output output(String port);

    /** What the durable wire of that output port has promised; {@link Receipts#NONE} if it has none. */
    default Receipts receipts(String port) {
        return Receipts.NONE;
    }

    /** Where the gear keeps what its next run must know; null unless its {@link GearFactory#ledger} asks for it. */
    default Ledger ledger() {
        return null;
    }

    /**
     * The running copy of this gear that the one being made is to replace, on this strip; null where there is none, and once this
     * one has taken over or was stopped. A gear that keeps it lets go of it in {@link Gear#takeOver}.
     */
    default Gear predecessor() {
        return null;
    }

    /** An input port of this very gear on another strip, reached over a turbo ring (a plain call for the own strip). */
    Output peer(int strip, String inputPort);

    /**
     * Runs the action once at the end of the batch of events being handled, before the strip waits again: where writes are
     * flushed and other strips woken. Cheap, allocation-free, to be asked anew for each batch.
     */
    void atBatchEnd(Runnable action);

    /**
     * Whether a ring that leaves this strip is nearly full: a gear that reads from sockets stops until {@link #whenRelieved}
     * runs. Changes between batches and when an output says {@link Outcome#FULL}.
     */
    default boolean pressured() {
        return false;
    }

    /**
     * Runs the action once, on the strip's thread, when {@link #pressured()} has become false again; at the end of the batch
     * if it is false already. To be asked anew each time.
     */
    default void whenRelieved(Runnable action) {
        atBatchEnd(action);
    }

    /** Tells every gear of the rack, on every strip, of something that happened, such as {@code conn.down}. */
    void signal(Signal signal);

    /**
     * A structure that all strips' copies of this gear share; made by the first that asks. Its concurrency is its own
     * contract.
     */
    <T> T shared(Class<T> type, Supplier<T> maker);

    /** The links behind this gear's output port, found by walking its wires to I/O gears; empty where there are none. */
    LinkView linksOf(String outputPort);

    /**
     * Tells of another gear, by its ordinal, whether what this one is offered is offered to that one, too, so that it may be for that one
     * only: whether an output that leads here, through codecs or not, leads there as well. Where the scenario changes, it tells of the new one. Strip thread
     * only.
     */
    IntPredicate offeredTo();

    /** Whether requests come to this rack from others, which hold their tickets. */
    boolean ticketsElsewhere();

    /** Where an I/O gear reports its own connections' state; read by others through {@link #linksOf}. */
    LinkReport linkReport();

    GearMetrics metrics();

    /** The compiled dialects, by file, {@code name:tag} or hash. */
    SpecCatalog specs();

    /** Event loop and sockets, for gears that open any; absent in the simulation, which brings its own I/O gear. */
    StripSockets sockets();

    /** Masked and asynchronous; at most lifecycle and fault lines, never one a message. */
    Logger log();
}
