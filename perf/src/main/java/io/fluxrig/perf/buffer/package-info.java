/**
 * Bytes on the heap: reading and writing them as numbers, hashing, wiping ({@link io.fluxrig.perf.buffer.Bytes}), and keeping
 * millions of short records without a million objects ({@link io.fluxrig.perf.buffer.ByteSlab}).
 */
package io.fluxrig.perf.buffer;
