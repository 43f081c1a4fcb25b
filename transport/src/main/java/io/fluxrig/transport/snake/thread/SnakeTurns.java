package io.fluxrig.transport.snake.thread;

/** What an end of a wire does, again and again, on its thread. */
public interface SnakeTurns {
    /** One turn; whether there was anything to do. */
    boolean turn();

    /** Whether nothing is in hand, so that it may end. */
    boolean idle();

    /** Whether waiting for what is in hand is of no use. */
    boolean hopeless();
}
