/**
 * The load tool: drives a switch open-loop over TCP, checks every answer, measures from the intended time of sending.
 * {@link io.fluxrig.load.LoadPlan} says what to do, {@link io.fluxrig.load.LoadRun} does it; the command line calls these.
 */
package io.fluxrig.load;
