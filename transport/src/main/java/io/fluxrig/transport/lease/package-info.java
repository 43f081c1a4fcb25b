/**
 * Who of several processes may act, for a while and again: the rule, as a class that knows only a clock and a store. NATS keeps the
 * store ({@code transport.bus}); the mixer asks.
 */
package io.fluxrig.transport.lease;
