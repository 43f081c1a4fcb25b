package io.fluxrig.transport.journal.store;

/** What is done about records at start that are torn, changed, missing or sealed with another key. */
public enum DamagePolicy {
    /** The rack does not start; the operator is told the place, what is lost and what can be done. */
    REFUSE("refuse"),
    /** The damaged records are skipped, counted and logged, and the rest is delivered. */
    SKIP("skip");

    private final String word;

    DamagePolicy(String word) {
        this.word = word;
    }

    /** As it stands in {@code rack.toml}. */
    public String word() {
        return word;
    }
}
