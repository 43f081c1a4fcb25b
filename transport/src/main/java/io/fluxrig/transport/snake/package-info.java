/**
 * What goes over NATS between racks. {@link io.fluxrig.transport.snake.Snake} is a rack's connection, and makes everything on it; the
 * engine opens one.
 *
 * <table>
 * <caption>Rooms: the upper three do not know each other, and all may know the lower three</caption>
 * <tr><th>Room</th><th>What lives there</th></tr>
 * <tr><td>{@code wire}</td><td>the guaranteed lane: the two ends of a wire</td></tr>
 * <tr><td>{@code entry}</td><td>entries that racks share</td></tr>
 * <tr><td>{@code peer}</td><td>heartbeats between racks: which ends are here, and whether they can serve</td></tr>
 * <tr><td>{@code thread}</td><td>the thread that an end of a wire has, or a bucket</td></tr>
 * <tr><td>{@code seal}</td><td>keys that racks share, and messages sealed under them</td></tr>
 * <tr><td>{@code nats}</td><td>the connection, the stream, the buckets</td></tr>
 * </table>
 */
package io.fluxrig.transport.snake;
