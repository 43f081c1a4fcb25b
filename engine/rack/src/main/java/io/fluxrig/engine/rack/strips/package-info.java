/**
 * The strips of a rack as one: what is asked of all of them ({@link io.fluxrig.engine.rack.strips.RackStrips}), and what they run
 * ({@link io.fluxrig.engine.rack.strips.RunningPlan}). Called by the supervisor and by the changes that it makes.
 */
package io.fluxrig.engine.rack.strips;
