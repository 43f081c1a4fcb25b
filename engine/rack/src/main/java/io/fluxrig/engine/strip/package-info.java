/**
 * Strips: one event loop each, with its own copy of a scenario's gears, wired by direct calls inside the strip and by
 * turbo rings between strips. {@link io.fluxrig.engine.strip.Strip} knows no Vert.x and runs in the simulation;
 * {@link io.fluxrig.engine.strip.loop.StripVerticle} puts it on a real event loop. Used by the rack supervisor and by tests;
 * gears see only {@link io.fluxrig.engine.gear}.
 */
package io.fluxrig.engine.strip;
