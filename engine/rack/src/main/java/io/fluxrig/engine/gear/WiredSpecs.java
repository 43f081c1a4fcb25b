package io.fluxrig.engine.gear;

import io.fluxrig.iso.spec.Spec;
import java.util.List;

/** The dialects of the decoded messages that a scenario's wires bring to a gear, and of those that it has made of its bytes. */
@FunctionalInterface
public interface WiredSpecs {
    /** Those that arrive at an input port, each once; those whose spec did not load are missing. */
    List<Spec> at(String inputPort);

    /** Those in which bytes that leave at an output port are decoded; as {@link #at}. */
    default List<Spec> behind(String outputPort) {
        return List.of();
    }
}
