/**
 * From one scenario to the next while a rack runs: reading it again ({@link io.fluxrig.engine.rack.change.RackReload}), making the change,
 * its trial, and the way back ({@link io.fluxrig.engine.rack.change.RackChanges}). Knows the strips and what they run, and no supervisor; what
 * a trial judges by is in {@code rack.trial}.
 */
package io.fluxrig.engine.rack.change;
