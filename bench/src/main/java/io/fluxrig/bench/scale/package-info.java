/**
 * What a transaction costs the whole rack as one thing grows: connections, open tickets, BIN ranges, fields, strips. Each case
 * is held against a base case in turn, so that a noisy machine hurts both alike. {@code bin/bench scale} calls it.
 */
package io.fluxrig.bench.scale;
