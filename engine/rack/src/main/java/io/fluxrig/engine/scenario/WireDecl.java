package io.fluxrig.engine.scenario;

import io.fluxrig.engine.fault.Place;

/** One wire: an output port to an input port. */
public record WireDecl(PortRef from, PortRef to, Lane lane, Place place) {

    boolean touches(String rack) {
        return from.isOn(rack) && to.isOn(rack);
    }
}
