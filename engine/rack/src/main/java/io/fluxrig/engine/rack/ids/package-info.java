/** Where a rack's message ids end, kept in its data folder, so that they begin above it the next time whatever the clock says. */
package io.fluxrig.engine.rack.ids;
