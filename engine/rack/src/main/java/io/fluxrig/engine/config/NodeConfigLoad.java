package io.fluxrig.engine.config;

import io.fluxrig.engine.fault.Fault;
import java.util.List;

/**
 * What came of reading the node's configuration.
 *
 * @param config null if there is an error among the faults
 * @param faults errors and warnings of file, environment and flags together
 */
public record NodeConfigLoad(NodeConfig config, List<Fault> faults) {

    public boolean ok() {
        return config != null;
    }
}
