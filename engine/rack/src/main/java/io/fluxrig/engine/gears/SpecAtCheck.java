package io.fluxrig.engine.gears;

import io.fluxrig.engine.gear.GearConfig;
import io.fluxrig.iso.spec.Spec;
import io.fluxrig.iso.spec.SpecLoader;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/**
 * The dialect of a gear's {@code spec_path} while its configuration is checked, before the scenario's specs are at hand.
 *
 * @param known false if there is a spec but it cannot be read here, so that names cannot be checked yet
 * @param spec null if the gear names none
 */
public record SpecAtCheck(boolean known, Spec spec) {

    /** Loads the spec if it is a file. Faults in it are the scenario check's to report. */
    public static SpecAtCheck of(GearConfig config) {
        if (!config.has("spec_path")) {
            return new SpecAtCheck(true, null);
        }
        try {
            Path file = config.file("spec_path");
            Spec spec = Files.isReadable(file) ? SpecLoader.load(file).spec() : null;
            return new SpecAtCheck(spec != null, spec);
        } catch (InvalidPathException notAFile) {
            return new SpecAtCheck(false, null);
        }
    }
}
