/**
 * Values that gears make up: texts with macros such as {@code $STAN}, compiled once and written into fields without
 * allocation, the same again under the same seed. Used by the responder and the simulators.
 */
package io.fluxrig.engine.gears.macro;
