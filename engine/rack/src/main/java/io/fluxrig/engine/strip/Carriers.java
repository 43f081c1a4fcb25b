package io.fluxrig.engine.strip;

import io.fluxrig.transport.msg.Path;

/**
 * The spare carriers of one strip, taken and given back like a stack. A carrier is held by a wire that fans out, and wires
 * nest no deeper than messages may hop, so more than that are never out at once. Strip thread only.
 */
final class Carriers {
    private static final int READY = 8;

    private final Carrier[] spare;
    private final int hopsMax;
    private int count;

    Carriers(int hopsMax) {
        this.hopsMax = hopsMax;
        this.spare = new Carrier[Path.HOPS_MAX + 1];
        for (int i = 0; i < READY; i++) {
            spare[count++] = new Carrier(hopsMax);
        }
    }

    Carrier take() {
        return count == 0 ? new Carrier(hopsMax) : spare[--count];
    }

    void giveBack(Carrier carrier) {
        carrier.wipe();
        spare[count++] = carrier;
    }
}
