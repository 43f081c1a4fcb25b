package io.fluxrig.iso.spec;

import java.util.List;

/**
 * What came of loading a spec.
 *
 * @param spec the spec, or null if any fault is an error
 * @param faults everything wrong with it, in the order of the file
 */
public record SpecLoad(Spec spec, List<SpecFault> faults) {
    public SpecLoad {
        faults = List.copyOf(faults);
    }

    /** Whether there is a spec. */
    public boolean ok() {
        return spec != null;
    }

    /**
     * The spec.
     *
     * @throws IllegalStateException if there is none, with all faults in the message
     */
    public Spec orThrow() {
        if (spec == null) {
            StringBuilder text = new StringBuilder("spec does not load:");
            faults.forEach(fault -> text.append("\n  ").append(fault));
            throw new IllegalStateException(text.toString());
        }
        return spec;
    }
}
