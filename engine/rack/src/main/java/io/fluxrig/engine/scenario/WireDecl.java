package io.fluxrig.engine.scenario;

import io.fluxrig.engine.fault.Place;
import io.fluxrig.transport.journal.store.SyncMode;

/**
 * One wire: an output port to an input port.
 *
 * @param sync when a journal's promise holds; null on wires without one
 * @param confirm when a guaranteed wire says yes; null on other lanes
 * @param expireAfterNs age at which a message is handed over no more, 0 for never; 0 on hot wires
 * @param toRack the rack or group that a guaranteed wire leads to, as subjects name it; empty on other lanes
 */
public record WireDecl(
        PortRef from,
        PortRef to,
        Lane lane,
        SyncMode sync,
        Confirm confirm,
        long expireAfterNs,
        String toRack,
        Place place) {

    boolean touches(String rack) {
        return lane != Lane.GUARANTEED && from.isOn(rack) && to.isOn(rack);
    }
}
