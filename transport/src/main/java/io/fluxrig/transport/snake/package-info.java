/**
 * The guaranteed lane: messages of wires between racks, carried over NATS JetStream, sealed. {@link
 * io.fluxrig.transport.snake.Snake} is a rack's connection; each end of a wire is a {@link
 * io.fluxrig.transport.snake.SnakeWire} with a thread of its own, which stands where in a durable wire the other strip end would.
 * The engine calls it; no type of the NATS client leaks out.
 */
package io.fluxrig.transport.snake;
