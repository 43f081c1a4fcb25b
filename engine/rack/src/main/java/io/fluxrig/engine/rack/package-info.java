/**
 * A running rack: {@link io.fluxrig.engine.rack.RackSupervisor} starts, drains and stops a scenario's strips,
 * {@link io.fluxrig.engine.rack.RackApi} shows it to operators, {@link io.fluxrig.engine.rack.RackProcess} is the whole life
 * of a rack process from its files to its exit code. Called by the command line and by tests; gears know nothing of it.
 */
package io.fluxrig.engine.rack;
