package io.fluxrig.engine.strip;

/** Where in its life one gear's copy on a strip is. */
public enum GearState {
    /** Made, not started. */
    BUILT,
    /** Takes messages. */
    STARTED,
    /** Takes no new work, finishes what it has. */
    DRAINING,
    /** A change of the scenario took it out; it finishes what it has. */
    RETIRED,
    /** It went with a change of the scenario, and has finished; its place stays empty. */
    GONE,
    STOPPED
}
