/**
 * The durable lane: messages of one wire kept on the rack's disk, sealed, until their receiver has taken them.
 * {@link io.fluxrig.transport.journal.Journal} is one wire's journal; strips hold its ends, of {@code ends}. The engine and the snake
 * call it.
 *
 * <table>
 * <caption>Rooms, each of which knows those below it</caption>
 * <tr><th>Room</th><th>What lives there</th></tr>
 * <tr><td>{@code entry}</td><td>a log in the same files of what strips must find again after a restart</td></tr>
 * <tr><td>{@code thread}</td><td>the one thread of a journal or a log, and its writing half</td></tr>
 * <tr><td>{@code store}</td><td>the files: blocks, segments, seals and keys, the position, space, damage</td></tr>
 * </table>
 */
package io.fluxrig.transport.journal;
