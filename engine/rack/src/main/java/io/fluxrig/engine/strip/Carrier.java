package io.fluxrig.engine.strip;

import io.fluxrig.engine.message.IsoPayload;
import io.fluxrig.transport.msg.FluxMsg;

/** A spare message and a spare payload of one strip; wiped between uses. */
final class Carrier {
    private final FluxMsg message;
    private final IsoPayload payload = new IsoPayload();

    Carrier(int hopsMax) {
        message = new FluxMsg(hopsMax);
    }

    FluxMsg message() {
        return message;
    }

    IsoPayload payload() {
        return payload;
    }

    void wipe() {
        if (message.payload() == payload) {
            payload.wipe();
        }
        message.clear();
    }
}
