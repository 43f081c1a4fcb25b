package io.fluxrig.mixer.enrol;

import io.fluxrig.mixer.bus.WireRights;
import java.util.Map;

/** Who may log in to NATS; changes when racks come and go. */
public interface Logins {
    /** Whether the mixer decides that; else NATS's own operator does. */
    boolean managed();

    /** Whether the mixer itself logs in with that. */
    boolean isMixers(byte[] login);

    /** Lets a rack in; nothing is done where it is. */
    void admit(String rack, byte[] login);

    /** Lets a rack in no more; nothing is done where it is not in. */
    void expel(String rack);

    /** Whether NATS lets in a rack still that is to be let in no more, for it could not be told; never, where NATS's own operator decides. */
    default boolean isLetInStill(String rack) {
        return false;
    }

    /** Lets in those, by name, and nobody else. */
    void admitOnly(Map<String, byte[]> admitted);

    /**
     * Gives racks, admitted or not, what they may do on the wires between racks, in place of what they had.
     *
     * @param soon whether that can wait a moment, for others of the kind
     * @return whether those that are admitted have it now; always, where NATS's own operator decides
     */
    boolean allow(Map<String, WireRights> rights, boolean soon);

    /** Whether NATS ends with this mixer. */
    default boolean endWithMixer() {
        return false;
    }

    /** Whether a rack that is admitted stays out, for NATS cannot take its login; never, where NATS's own operator decides. */
    default boolean isLeftOut(String rack) {
        return false;
    }
}
