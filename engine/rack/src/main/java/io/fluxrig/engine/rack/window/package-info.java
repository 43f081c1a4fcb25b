/**
 * Who is connected to an HTTP window, a rack's or a mixer's, and for how long each may be about it.
 */
package io.fluxrig.engine.rack.window;
