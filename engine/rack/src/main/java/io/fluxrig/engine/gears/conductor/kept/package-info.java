/**
 * What tickets keep of a message and its sender, and the way back: its bytes, the fields parked until the answer, where it
 * came from, and {@link io.fluxrig.engine.gears.conductor.kept.Rebuilder}, which makes the message again. Knows {@code ticket} and
 * {@code field}. Called by the conductor only.
 */
package io.fluxrig.engine.gears.conductor.kept;
