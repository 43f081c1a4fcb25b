package io.fluxrig.bench.peer;

import java.util.concurrent.atomic.AtomicInteger;
import org.jpos.iso.MUX;

/** A host and the connections to it, which take turns. */
final class Destination {
    private final long timeoutMs;
    private final MUX[] muxes;
    private final AtomicInteger turn = new AtomicInteger();

    Destination(long timeoutMs, MUX... muxes) {
        this.timeoutMs = timeoutMs;
        this.muxes = muxes;
    }

    long timeoutMs() {
        return timeoutMs;
    }

    /** @return the next one that is connected, null if none is */
    MUX next() {
        for (int i = 0; i < muxes.length; i++) {
            MUX mux = muxes[Math.floorMod(turn.getAndIncrement(), muxes.length)];
            if (mux.isConnected()) {
                return mux;
            }
        }
        return null;
    }
}
