package io.fluxrig.engine.rack;

/** Where in its life a rack is. */
public enum RackState {
    STARTING("starting"),
    RUNNING("running"),
    /** Takes no new requests, finishes those in flight. */
    DRAINING("draining"),
    STOPPED("stopped"),
    /** A gear could not start; everything begun was stopped. */
    FAILED("failed");

    private final String word;

    RackState(String word) {
        this.word = word;
    }

    /** As the API shows it. */
    public String word() {
        return word;
    }
}
