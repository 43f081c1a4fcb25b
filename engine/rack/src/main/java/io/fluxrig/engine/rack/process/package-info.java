/**
 * The process that a rack runs in: its whole life from its files to its exit code
 * ({@link io.fluxrig.engine.rack.process.RackProcess}), or runs one after the other where a mixer leads
 * ({@link io.fluxrig.engine.rack.process.RackHost}). Called by the command line and the agent; no other room knows it.
 */
package io.fluxrig.engine.rack.process;
