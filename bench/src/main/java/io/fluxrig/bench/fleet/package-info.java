/**
 * One mixer and as many simulated racks as a fleet has: what they cost it. The mixer is a process started with the command a user
 * types; the racks share this one.
 */
package io.fluxrig.bench.fleet;
