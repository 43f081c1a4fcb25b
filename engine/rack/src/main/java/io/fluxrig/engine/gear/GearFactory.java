package io.fluxrig.engine.gear;

import java.nio.file.Path;
import java.util.Map;
import java.util.Set;

/** Describes, checks and builds one type of gear. Found by {@link java.util.ServiceLoader}; stateless. */
public interface GearFactory {

    /** Type, ports and configuration keys; the one source of checks, schema and documentation. */
    GearManifest manifest();

    /**
     * Checks what the manifest alone cannot say (keys that exclude each other, files that must exist). Types, ranges and
     * unknown keys were checked before; every fault found is reported, none throws.
     */
    default void check(GearConfig config, ConfigFaults faults) {}

    /**
     * The output ports that this configuration sends to by name, such as a conductor's destinations; the scenario check
     * reports those that lead nowhere. Empty if the configuration names no ports.
     */
    default Set<String> outputsUsed(GearConfig config) {
        return Set.of();
    }

    /** The output ports that this configuration never sends to, so that nobody is asked to wire them. */
    default Set<String> outputsUnused(GearConfig config) {
        return Set.of();
    }

    /** Files that this configuration has the gear read, beside those of its {@code PATH} keys: a change of one changes the gear. */
    default Set<Path> files(GearConfig config) {
        return Set.of();
    }

    /**
     * The output ports, or families of them, on which what came in at that port is answered; empty if the gear answers nothing
     * there. The scenario check sees that one is wired and that answers reach whoever asked.
     */
    default Set<String> answersAt(GearConfig config, String inputPort) {
        return Set.of();
    }

    /**
     * The input port at which answers come back to what the gear sends there; null if it awaits none. The scenario check sees that
     * they can.
     */
    default String repliesAt(GearConfig config, String outputPort) {
        return null;
    }

    /**
     * What {@code conductor.origin} says on requests that this gear sends on; null if it leaves that alone.
     *
     * @param name the gear's
     */
    default String originOf(GearConfig config, String name) {
        return null;
    }

    /** For how long a message is worth something behind an output port, or ahead of an input port, in nanoseconds; 0 for ever. */
    default long worthNs(GearConfig config, String port) {
        return 0;
    }

    /** What the gear wants of its {@link Ledger}; null for a gear that has none. */
    default LedgerTerms ledger(GearConfig config) {
        return null;
    }

    /** What an input port takes. Also asked of a configuration with faults, whose values may be missing. */
    default Content takes(GearConfig config, String inputPort) {
        return Content.ANY;
    }

    /** What an output port gives; asked as {@link #takes}. */
    default Content gives(GearConfig config, String outputPort) {
        return Content.ANY;
    }

    /**
     * Whether the bytes that it takes apart are written as its {@code spec_path} says; if not, that dialect tells what the fields
     * mean and nothing more.
     */
    default boolean bytesAsSpec() {
        return true;
    }

    /** As {@link #check}, of what depends on the dialects that the wires bring; not asked if {@code check} found faults. */
    default void checkWired(GearConfig config, WiredSpecs specs, ConfigFaults faults) {}

    /**
     * Values of keys that the scenario leaves out and its wires decide, as the scenario would write them; asked after
     * {@link #checkWired}.
     */
    default Map<String, String> fromWires(GearConfig config, WiredSpecs specs) {
        return Map.of();
    }

    /** Builds the copy of the gear for one strip. */
    Gear create(GearContext context);
}
