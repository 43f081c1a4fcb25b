package io.fluxrig.engine.gear;

import io.fluxrig.transport.msg.FluxMsg;

/**
 * Where a gear hands a message on: an output port with its wires, or the same gear on another strip. Called on the strip's
 * thread only.
 */
@FunctionalInterface
public interface Output {

    /**
     * Hands the message on; it is borrowed until this returns, and may come back changed.
     *
     * @return see {@link Outcome}. With several wires on the port each gets a copy, and the message counts as accepted if
     *     one of them took it
     */
    int emit(FluxMsg message);
}
