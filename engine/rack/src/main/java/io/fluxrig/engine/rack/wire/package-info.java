/**
 * What a rack's wires and ledgers need beside memory: journals, the connection to other racks, keys, and which of them take nothing, hold
 * messages for nobody or are away. {@link io.fluxrig.engine.rack.wire.RackJournals} opens and closes all of it.
 */
package io.fluxrig.engine.rack.wire;
