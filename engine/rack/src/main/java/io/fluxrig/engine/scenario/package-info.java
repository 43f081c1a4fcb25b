/**
 * Scenarios: the model ({@link io.fluxrig.engine.scenario.Scenario}), reading and checking YAML with the line of every
 * fault ({@link io.fluxrig.engine.scenario.ScenarioLoader}), and the JSON Schema that editors use. The rack and the command
 * line call it; gears see only their own {@link io.fluxrig.engine.gear.GearConfig}.
 */
package io.fluxrig.engine.scenario;
