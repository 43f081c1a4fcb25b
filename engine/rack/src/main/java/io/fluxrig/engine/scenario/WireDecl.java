package io.fluxrig.engine.scenario;

import io.fluxrig.engine.fault.Place;
import io.fluxrig.transport.journal.SyncMode;

/**
 * One wire: an output port to an input port.
 *
 * @param sync when a durable wire's promise holds; null on other lanes
 */
public record WireDecl(PortRef from, PortRef to, Lane lane, SyncMode sync, Place place) {

    boolean touches(String rack) {
        return from.isOn(rack) && to.isOn(rack);
    }
}
