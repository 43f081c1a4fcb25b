package io.fluxrig.engine.scenario;

import java.util.Arrays;

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

    /** Whether that names a lane; null does not. */
    static boolean isWord(String text) {
        return Arrays.stream(values()).anyMatch(lane -> lane.word.equals(text));
    }

    /** As it stands in a scenario. */
    public String word() {
        return word;
    }
}
