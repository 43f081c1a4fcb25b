package io.fluxrig.mixer.enrol;

/** Who may log in to NATS; changes when racks come and go. */
public interface Logins {
    /** Whether the mixer decides that; else NATS's own operator does. */
    boolean managed();

    /** Whether the mixer itself logs in with that. */
    boolean isMixers(byte[] login);

    void admit(String rack, byte[] login);

    void expel(String rack);
}
