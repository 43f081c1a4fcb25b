package io.fluxrig.cli.config;

import io.fluxrig.engine.config.MixerKeys;
import io.fluxrig.engine.config.NodeConfigLoad;
import io.fluxrig.engine.config.NodeConfigLoader;
import io.fluxrig.engine.config.NodeFolders;
import io.fluxrig.engine.config.NodeKeys;
import io.fluxrig.engine.fault.Fault;
import io.fluxrig.engine.fault.Fault.Severity;
import io.fluxrig.engine.fault.Faults;
import io.fluxrig.engine.fault.Place;
import io.fluxrig.engine.scenario.ScenarioLoad;
import io.fluxrig.engine.scenario.ScenarioLoader;
import io.fluxrig.iso.spec.SpecFault;
import io.fluxrig.iso.spec.SpecLoader;
import io.fluxrig.load.mix.MixLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What a file is and everything wrong with it.
 *
 * @param kind as {@link FileKind#of} tells it
 * @param notChecked what could not be looked at because of errors, in one line; empty if everything was
 */
record FileCheck(Path file, String kind, List<Fault> faults, String notChecked) {
    static FileCheck of(Path file, ScenarioLoader scenarios) {
        String kind = FileKind.of(file);
        if (kind.equals("scenario")) {
            ScenarioLoad load = scenarios.load(file);
            return new FileCheck(file, kind, load.faults(), load.notCheckedLine());
        }
        return new FileCheck(file, kind, faults(file, kind), "");
    }

    boolean good(boolean strict) {
        return faults.stream().noneMatch(fault -> strict || fault.isError());
    }

    private static List<Fault> faults(Path file, String kind) {
        return switch (kind) {
            case "node" -> node(file);
            case "spec" ->
                SpecLoader.load(file).faults().stream().map(FileCheck::fault).toList();
            case "mix" -> MixLoader.check(file).faults();
            default -> List.of(unknown(file));
        };
    }

    /** Folders are looked at here and now; the node may run elsewhere and as somebody else, so they are warned of. */
    private static List<Fault> node(Path file) {
        boolean mixer = FileKind.isMixers(file);
        NodeConfigLoad load = NodeConfigLoader.load(mixer ? MixerKeys.FILE : NodeKeys.FILE, file, Map.of(), Map.of());
        if (!load.ok()) {
            return load.faults();
        }
        Faults all = new Faults();
        load.faults().forEach(all::add);
        NodeFolders.check(load.config(), !mixer, Severity.WARNING, all);
        return all.all();
    }

    private static Fault fault(SpecFault fault) {
        Severity severity = fault.severity() == SpecFault.Severity.ERROR ? Severity.ERROR : Severity.WARNING;
        Place place = new Place(fault.file(), fault.line(), fault.column());
        return new Fault(severity, place, fault.path(), fault.message(), fault.fix());
    }

    private static Fault unknown(Path file) {
        Place place = Place.ofFile(file.toString());
        if (Files.notExists(file)) {
            return new Fault(Severity.ERROR, place, "", "no such file", "check the path");
        }
        if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
            return new Fault(
                    Severity.ERROR,
                    place,
                    "",
                    "is no file that can be read",
                    "name a scenario, a spec, a load mix or a node file");
        }
        return new Fault(
                Severity.ERROR,
                place,
                "",
                "is none of the files known here",
                "a scenario has gears:, a spec spec:, a moov spec fields:, a load mix mix:, a packager begins with <isopackager>,"
                        + " a node file ends in .toml;"
                        + " a table is checked with the scenario that names it");
    }
}
