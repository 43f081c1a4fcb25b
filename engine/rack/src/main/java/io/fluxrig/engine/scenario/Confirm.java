package io.fluxrig.engine.scenario;

/** When a guaranteed wire says yes. */
public enum Confirm {
    /** Once the stream has acknowledged the message. */
    BROKER("broker"),
    /** Once it is in the sender's journal, which keeps it until the receiving rack has it in its own. */
    RECEIVER("receiver");

    private final String word;

    Confirm(String word) {
        this.word = word;
    }

    /** As it stands in a scenario. */
    public String word() {
        return word;
    }
}
