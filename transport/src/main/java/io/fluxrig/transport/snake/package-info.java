/**
 * What goes over NATS between racks; no type of the NATS client leaks out. The engine calls three of these classes:
 *
 * <table>
 * <caption>Ways in, and what stands behind them</caption>
 * <tr><th>Class</th><th>What it is</th><th>Behind it</th></tr>
 * <tr><td>{@link io.fluxrig.transport.snake.Snake}, {@link io.fluxrig.transport.snake.SnakeWire}</td>
 *     <td>The guaranteed lane: a rack's connection, and one end of a wire. Each end has a thread of its own ({@code SnakeThread}), which stands
 *     where in a durable wire the other strip end would: {@code Publisher} takes messages out of the journal or the rings and
 *     publishes them sealed, {@code Puller} lands what it pulls</td>
 *     <td>{@code Departures}, {@code Landing} and {@code Journal...}, {@code Ring...}: the two kinds of {@code confirm};
 *     {@code Envelope...}: the bytes; {@code SendWindow}, {@code InHand}, {@code SeenIds}, {@code Confirmations}: who has what;
 *     {@code FluxStream}, {@code StreamCopies}, {@code StrandedWatch}: the stream</td></tr>
 * <tr><td>{@link io.fluxrig.transport.snake.SharedEntries}</td>
 *     <td>Entries that racks share, one thread for each bucket ({@code EntrySharer}): who claims one first has it, the others are told
 *     what becomes of it</td>
 *     <td>{@code HeldEntry}: the states of one, drawn; {@code EntryQuestions}, {@code EntryTurns}, {@code EntryRetries}: what is under way;
 *     {@code EntryCodec}, {@code EntryNames}: sealed values under HMAC names; {@code EntryBucket}, {@code BucketCare}: the bucket</td></tr>
 * <tr><td>{@link io.fluxrig.transport.snake.Peers}</td>
 *     <td>Heartbeats between racks: which ends are here, and whether they can serve</td>
 *     <td>{@code PeerWatch}: who is silent, on NATS's thread and its own, under one lock</td></tr>
 * </table>
 */
package io.fluxrig.transport.snake;
