package io.fluxrig.mixer.bus;

import io.fluxrig.mixer.registry.ActivationEntry;

/** What racks are sent scenarios over. Any thread. */
public interface PushLine {

    /** Whether anything can be sent now. */
    boolean connected();

    /** Bytes of one message at most, as NATS has it; 0 while there is no connection. */
    long bodyMax();

    /** Sends a rack what it is to run; false if it cannot now. */
    boolean push(ActivationEntry activation, byte[] bundle);
}
