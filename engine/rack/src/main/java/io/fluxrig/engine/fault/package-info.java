/**
 * Faults of configuration files: where ({@link io.fluxrig.engine.fault.Place}), what and what to write instead
 * ({@link io.fluxrig.engine.fault.Fault}), collected so that all are reported at once. Used by everything that reads a file
 * an operator wrote.
 */
package io.fluxrig.engine.fault;
