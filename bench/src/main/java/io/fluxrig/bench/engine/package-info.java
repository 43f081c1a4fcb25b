/**
 * What the engine costs without a kernel: the conductor's tickets and routes, and the whole walk of an authorization through a
 * rack that the benchmark's own thread turns.
 */
package io.fluxrig.bench.engine;
