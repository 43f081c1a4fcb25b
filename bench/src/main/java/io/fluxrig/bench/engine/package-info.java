/** How fast the gears' own structures are: tickets and routes of the conductor. */
package io.fluxrig.bench.engine;
