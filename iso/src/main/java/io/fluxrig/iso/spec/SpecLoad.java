package io.fluxrig.iso.spec;

import java.util.List;

/**
 * What came of loading a spec.
 *
 * @param spec the spec, or null if any fault is an error
 * @param faults everything wrong with it, in the order of the file
 * @param sources what it was loaded from, empty where nobody kept that
 */
public record SpecLoad(Spec spec, List<SpecFault> faults, List<SpecSource> sources) {
    public SpecLoad {
        faults = List.copyOf(faults);
        sources = List.copyOf(sources);
    }

    /** Nobody keeps what it was loaded from. */
    public SpecLoad(Spec spec, List<SpecFault> faults) {
        this(spec, faults, List.of());
    }

    /** Whether there is a spec. */
    public boolean ok() {
        return spec != null;
    }

    /**
     * Whether loading the file again would give the same: it, and every file that is merged into it, has the bytes that it had. Reads
     * them all; false for a spec that was given as bytes.
     */
    public boolean isCurrent() {
        return !sources.isEmpty() && sources.stream().allMatch(SpecSource::isCurrent);
    }

    /** The same of a spec that was given as bytes. */
    public boolean isOf(byte[] source) {
        return sources.equals(List.of(SpecSource.of(null, source)));
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
