package io.fluxrig.transport.snake.wire;

/** Where a receiver's messages go, and how it learns that they are there. The wire's thread only. */
interface Landing {

    /** What can become of a message. */
    enum Fate {
        /** It is where it should be. */
        TAKEN,
        /** Its gear has refused it for good. */
        REFUSED,
        /** It is nowhere, as {@link #withdraw} wanted. */
        WITHDRAWN
    }

    /** Takes what became of messages. */
    @FunctionalInterface
    interface Settled {
        /** A message of {@link #offer} is dealt with. */
        void onSettled(int place, Fate fate);
    }

    /**
     * Passes a message on.
     *
     * @param place comes back in {@link Settled}
     * @param strip of the sender; those of one stay in order
     * @return false if there is no room
     */
    boolean offer(int place, int strip, boolean dataLeftOut, byte[] message, int length);

    /** Whether what is offered is dealt with in a while: not where there is no space for it, or nobody deals with it any more. */
    boolean takes();

    /** Wants back what was offered and is nowhere yet; what becomes of each is told as ever, later. Where it cannot be had back nothing happens. */
    void withdraw();

    /** Whether nothing that was offered will be told of any more, once the strips have stopped. */
    boolean settled();

    /** Tells what became of messages; whether there was any. */
    boolean settle(Settled to);

    /** Has whoever is to have the messages look; once a turn. */
    void flush();
}
