package io.fluxrig.engine.scenario;

/** How a wire carries. */
public enum Lane {
    /** In memory: a method call inside a strip, a turbo ring between strips. */
    HOT("hot"),
    /** On the rack's disk. */
    DURABLE("durable"),
    /** Through NATS JetStream. */
    GUARANTEED("guaranteed");

    private final String word;

    Lane(String word) {
        this.word = word;
    }

    /** As it stands in a scenario. */
    public String word() {
        return word;
    }
}
