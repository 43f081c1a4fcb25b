package io.fluxrig.engine.gear;

/** Something that happened, or should happen, beside the messages. */
public sealed interface Signal {

    /**
     * Close that connection, whoever owns it.
     *
     * @param closed run once by the gear that had it, on its strip, after it was closed; must not block
     */
    record ConnClose(long connId, String reason, Runnable closed) implements Signal {
        /** One for all, so that two signals of the same are equal. */
        private static final Runnable UNTOLD = () -> {};

        /** For who need not know whether there was such a connection. */
        public ConnClose(long connId, String reason) {
            this(connId, reason, UNTOLD);
        }
    }

    /**
     * Tell of the connections that are up, whoever owns them.
     *
     * @param taker is told of each by its gear, on that one's strip
     */
    record ConnAsk(ConnTaker taker) implements Signal {}

    /** Takes what is told of connections; several strips may call at once, and none must be held up. */
    interface ConnTaker {
        /**
         * One that is up.
         *
         * @param peer its address
         * @param accepted whether the peer came here, and was not dialled
         * @return whether it takes more
         */
        boolean take(String gear, long connId, String peer, boolean accepted);
    }

    /** A connection of an I/O gear is up. */
    record ConnUp(int gearOrdinal, long connId) implements Signal {}

    /** A connection of an I/O gear is gone. */
    record ConnDown(int gearOrdinal, long connId, String reason) implements Signal {}
}
