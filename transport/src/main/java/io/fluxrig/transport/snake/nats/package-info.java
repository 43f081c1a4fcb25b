/**
 * The connection of a rack to NATS, and all that the snake knows of NATS: its stream, buckets, answers. The rooms of the snake call
 * {@link io.fluxrig.transport.snake.nats.Bus}; everybody else sees {@link io.fluxrig.transport.snake.nats.SnakeSettings} alone. No
 * type of the NATS client leaks out.
 */
package io.fluxrig.transport.snake.nats;
