package io.fluxrig.mixer.enrol;

import io.fluxrig.mixer.bus.WireRights;
import java.util.Map;

/** Who may log in to NATS; changes when racks come and go. */
public interface Logins {
    /** Whether the mixer decides that; else NATS's own operator does. */
    boolean managed();

    /** Whether the mixer itself logs in with that. */
    boolean isMixers(byte[] login);

    void admit(String rack, byte[] login);

    void expel(String rack);

    /**
     * Gives racks, admitted or not, what they may do on the wires between racks, in place of what they had.
     *
     * @param soon whether that can wait a moment, for others of the kind
     */
    void allow(Map<String, WireRights> rights, boolean soon);
}
