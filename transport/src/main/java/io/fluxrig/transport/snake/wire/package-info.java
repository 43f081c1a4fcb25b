/**
 * The guaranteed lane. {@link io.fluxrig.transport.snake.wire.SnakeWire} is one end of a wire,
 * {@link io.fluxrig.transport.snake.wire.SnakeWires} makes them; the engine holds the first, the snake the second.
 *
 * <table>
 * <caption>What stands behind them</caption>
 * <tr><th>Classes</th><th>What they are</th></tr>
 * <tr><td>{@code Publisher}, {@code Puller}</td><td>what an end's thread does, where in a durable wire the other strip end would stand: takes
 *     messages out of the journal or the rings and publishes them sealed; lands what it pulls</td></tr>
 * <tr><td>{@code Departures}, {@code Landing}, {@code Journal...}, {@code Ring...}</td><td>the two kinds of {@code confirm}</td></tr>
 * <tr><td>{@code SendWindow}, {@code InHand}, {@code SeenIds}, {@code Confirmations}</td><td>who has what</td></tr>
 * <tr><td>{@code StreamQuestions}</td><td>what the stream is asked about, of what nobody confirmed</td></tr>
 * <tr><td>{@code StrandedWatch}</td><td>messages that the stream holds and nobody is offered</td></tr>
 * </table>
 */
package io.fluxrig.transport.snake.wire;
