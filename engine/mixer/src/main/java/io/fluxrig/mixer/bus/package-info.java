/**
 * The mixer's side of NATS: a nats-server of its own, what it lets each rack do, and the line over which racks are told what the
 * mixer decides.
 */
package io.fluxrig.mixer.bus;
