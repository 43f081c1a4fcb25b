/**
 * What the conductor keeps for a request in flight: the tickets of one strip in a slab of bytes
 * ({@link io.fluxrig.engine.gears.conductor.ticket.TicketStore}), and the index by which strips find out whose ticket a key
 * is ({@link io.fluxrig.engine.gears.conductor.ticket.TicketIndex}). Called by the conductor only.
 */
package io.fluxrig.engine.gears.conductor.ticket;
