/**
 * What a strip holds of a wire that somebody else's thread carries, and what that thread holds of the strip:
 * {@link io.fluxrig.transport.ends.StripEnds} is the rings and counters between the two, {@link io.fluxrig.transport.ends.JournalGate}
 * says whether records are taken. The engine's strips send and receive through {@link io.fluxrig.transport.ends.WireEnds}; the
 * carriers, {@code journal} and {@code snake}, alone reach into the rings. It knows neither.
 */
package io.fluxrig.transport.ends;
