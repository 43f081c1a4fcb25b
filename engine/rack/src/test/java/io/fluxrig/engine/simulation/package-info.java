/**
 * The deterministic simulation: the real conductor, codec, responder and strips between simulated terminals and issuers, on a
 * virtual clock, with every fault that one seed can think of. {@link io.fluxrig.engine.simulation.SimulationTest} runs many
 * seeds and tells how to run one again.
 */
package io.fluxrig.engine.simulation;
