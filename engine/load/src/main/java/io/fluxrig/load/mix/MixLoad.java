package io.fluxrig.load.mix;

import io.fluxrig.engine.fault.Fault;
import java.util.List;

/**
 * What became of reading a mix.
 *
 * @param mix null if a fault is an error
 * @param faults everything found, in the file's order
 */
public record MixLoad(Mix mix, List<Fault> faults) {

    public MixLoad {
        faults = List.copyOf(faults);
    }
}
