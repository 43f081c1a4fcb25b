/**
 * What a scenario says of a conductor: the keys, the values read from them
 * ({@link io.fluxrig.engine.gears.conductor.config.ConductorConfig}), and everything that can be wrong with them, names and BIN tables
 * included. Used while a scenario is checked and when the gear is made, never for a message. Called by the conductor only;
 * knows {@code route}, {@code correlation} and {@code field}.
 */
package io.fluxrig.engine.gears.conductor.config;
