package io.fluxrig.engine.gear;

import io.fluxrig.transport.msg.FluxMsg;

/**
 * A unit of processing with named input and output ports; one instance for each strip.
 *
 * <p>Every method is called on the strip's thread. Order: {@link #probe}, {@link #start}, any number of messages, {@link #drain},
 * messages that belong to work begun before, {@link #stop}. Where a changed scenario replaces a gear while the rack runs, its
 * successor is made and started beside it; then {@link #takeOver} of the one and {@link #retire} of the other. A gear never keeps a message past the call,
 * and never blocks but in {@code probe} and {@code start}, where it may wait for a name to be resolved.
 */
public interface Gear {

    /**
     * Takes one message.
     *
     * @param inPort index of the input port, in the order of the manifest's {@link GearManifest#inputs()}
     * @param message borrowed for the call; the gear may change it
     * @return {@link Outcome#ACCEPTED} or one of the negative outcomes; accepted means the message will end in an output,
     *     on the {@code error} port or in a counter, whatever happens later
     */
    int onMessage(int inPort, FluxMsg message);

    /**
     * Finds out whether somebody else has what the gear will need, such as a port. Called for every gear before any is
     * started, so that a rack which cannot run has told nobody that it is there; throws as {@link #start} does.
     */
    default void probe() throws GearStartException {}

    /** Opens what the gear needs. Throws to refuse the start of the whole scenario; the text is shown to the operator. */
    default void start() throws GearStartException {}

    /** Stops taking new work; what is in flight goes on. */
    default void drain() {}

    /** How much is still in flight; a drain is over when every gear says 0. */
    default int inFlight() {
        return 0;
    }

    /** Lets go of everything. Called once, also if probing or starting failed, of this gear or of another. */
    default void stop() {}

    /**
     * Takes over from {@link GearContext#predecessor}: every message comes here from now on, but those that the predecessor
     * {@link #claims}. Called after {@link #start}, on each strip for its own copy.
     */
    default void takeOver() {}

    /** A successor has taken over: takes nothing new, ends what was begun, and is {@link #spent} one day. */
    default void retire() {
        drain();
    }

    /** Whether a message belongs to what a retired gear has begun, and is for it and not for its successor. */
    default boolean claims(int inPort, FluxMsg message) {
        return false;
    }

    /** Whether a retired gear holds nothing any more that anybody could come back for; it is stopped then. */
    default boolean spent() {
        return inFlight() == 0;
    }

    /** Obeys a signal such as {@code conn.close}; a gear that does not know it does nothing. */
    default void onSignal(Signal signal) {}
}
