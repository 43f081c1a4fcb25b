package io.fluxrig.engine.gear;

/** Read-only state of the connections behind an output port; any strip may read, values are at most a moment old. */
public interface LinkView {
    /** A port that ends in no I/O gear: always usable. */
    LinkView ALWAYS_UP = () -> 1;

    /** Connections up on all strips together. */
    int up();

    /** Whether an I/O gear of that name lies behind the port, so that what it receives can be an answer; true if unknown. */
    default boolean leadsTo(String gear) {
        return true;
    }

    /** The I/O gears behind the port and where each dials or listens, for people; empty if there is none. */
    default String describe() {
        return "";
    }

    /** Whether any I/O gear lies behind the port, so that {@link #leadsTo} knows what it says. */
    default boolean leadsToLinks() {
        return false;
    }

    /** Whether the port leads to another rack, which says itself whether it can serve. */
    default boolean leadsAway() {
        return false;
    }

    /**
     * Whether a request that came from the conductor of that origin may not leave here: it would come back there, or here.
     *
     * @param origin what {@code conductor.origin} says, null for none
     */
    default boolean closedTo(String origin) {
        return false;
    }
}
