package io.fluxrig.transport.snake.wire;

/** Where a receiver's messages go, and how it learns that they are there. The wire's thread only. */
interface Landing {

    /** Takes what became of messages. */
    @FunctionalInterface
    interface Settled {
        /**
         * A message of {@link #offer} is where it should be.
         *
         * @param taken false if its gear has refused it for good
         */
        void onSettled(int place, boolean taken);
    }

    /**
     * Passes a message on.
     *
     * @param place comes back in {@link Settled}
     * @param strip of the sender; those of one stay in order
     * @return false if there is no room
     */
    boolean offer(int place, int strip, boolean dataLeftOut, byte[] message, int length);

    /** Tells what became of messages; whether there was any. */
    boolean settle(Settled to);

    /** Has whoever is to have the messages look; once a turn. */
    void flush();
}
