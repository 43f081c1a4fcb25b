/**
 * Keys that all racks share ({@link io.fluxrig.transport.snake.seal.WireKeys}, which the engine brings), and what is sealed or proved
 * under them: the bytes of a message between racks and whose it is. It knows neither NATS nor wires; the rooms of the snake call it.
 */
package io.fluxrig.transport.snake.seal;
