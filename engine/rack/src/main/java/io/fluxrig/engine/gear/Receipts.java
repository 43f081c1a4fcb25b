package io.fluxrig.engine.gear;

/**
 * What an output port's durable wire has promised on this strip. {@link Outcome#ACCEPTED} from such a port means that the
 * message is on its way to the journal; the wire's promise (see {@code sync} in the scenario) holds once it is <em>kept</em>,
 * and messages are kept in the order they were emitted. A gear that answers for a message emits it, remembers {@link #sent()},
 * and says yes when {@link #kept()} has come that far. Nothing waits.
 *
 * <p>Strip thread only.
 */
public interface Receipts {
    /** Of a port without a durable wire: nothing is ever sent. */
    Receipts NONE = new Receipts() {
        @Override
        public long sent() {
            return 0;
        }

        @Override
        public long kept() {
            return 0;
        }

        @Override
        public void onKept(Runnable action) {
            // never happens
        }
    };

    /** Messages that the durable wire has taken from this port on this strip since the rack started. */
    long sent();

    /** How many of them the promise holds for; only rises. */
    long kept();

    /** Runs the action on the strip's thread whenever {@link #kept()} has risen; asked for once, at start. */
    void onKept(Runnable action);
}
