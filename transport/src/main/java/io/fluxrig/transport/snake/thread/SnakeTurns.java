package io.fluxrig.transport.snake.thread;

/** What an end of a wire does, again and again, on its thread. */
public interface SnakeTurns {
    /** One turn; whether there was anything to do. */
    boolean turn();

    /** Nothing more is to be taken in: the turns that come are the last. Told once or more. */
    default void ending() {
        // what comes in has an end by itself
    }

    /** Whether nothing is in hand, so that it may end. */
    boolean idle();

    /** Whether waiting for what is in hand is of no use. */
    boolean hopeless();

    /** Tells what became after the last turn of what was in hand then; by the owner, once the thread has ended. */
    default void ended() {
        // what is in hand is forgotten, or comes again
    }
}
