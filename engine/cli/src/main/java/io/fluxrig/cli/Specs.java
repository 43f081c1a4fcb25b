package io.fluxrig.cli;

import io.fluxrig.iso.spec.Spec;
import io.fluxrig.iso.spec.SpecFault;
import io.fluxrig.iso.spec.SpecLoad;
import io.fluxrig.iso.spec.SpecLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;

/** Finds the dialect that an option names: a built-in base or a file. */
final class Specs {
    private Specs() {}

    /** @throws CommandFailure with every fault of the file, if it does not load */
    static Spec load(String name) {
        if (!SpecLoader.bases().contains(name) && !Files.isRegularFile(Path.of(name))) {
            throw new CommandFailure(
                    ExitCode.CONFIG,
                    "--spec " + name + ": no such file; name a spec file, or one that is built in: "
                            + String.join(", ", SpecLoader.bases()));
        }
        SpecLoad load = SpecLoader.bases().contains(name) ? base(name) : SpecLoader.load(Path.of(name));
        if (load.ok()) {
            return load.spec();
        }
        String faults = load.faults().stream().map(SpecFault::toString).collect(Collectors.joining("\n  "));
        throw new CommandFailure(
                ExitCode.CONFIG,
                "spec " + name + " does not load; built in are " + String.join(", ", SpecLoader.bases()) + "\n  "
                        + faults);
    }

    private static SpecLoad base(String name) {
        String id = name.replace(':', '-');
        String text = "spec: { id: " + id + ", version: 1.0.0, wire: { source: '" + name + "' } }";
        return SpecLoader.load(name, text.getBytes(StandardCharsets.UTF_8));
    }
}
