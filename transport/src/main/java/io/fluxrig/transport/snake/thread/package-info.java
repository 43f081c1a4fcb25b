/**
 * The one thread that an end of a guaranteed wire has, or a bucket ({@link io.fluxrig.transport.snake.thread.SnakeThread}), and what
 * it is to do ({@link io.fluxrig.transport.snake.thread.SnakeTurns}). The rooms of the snake call it.
 */
package io.fluxrig.transport.snake.thread;
