package io.fluxrig.cli.scenario;

import io.fluxrig.cli.console.CommandFailure;
import io.fluxrig.cli.console.ExitCode;
import io.fluxrig.engine.artefact.BundledArtefacts;
import io.fluxrig.engine.control.ScenarioBundle;
import io.fluxrig.engine.fault.FileReason;
import io.fluxrig.engine.scenario.GearDecl;
import io.fluxrig.engine.scenario.Scenario;
import io.fluxrig.iso.spec.SpecSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Gathers a scenario with the files that it reads into a bundle. A relative path names a file that goes along; an absolute one names a
 * file of the rack's own, which does not. What a dialect is made from goes along from its folder or the scenario's alone: a dialect may be
 * somebody else's, and name any file of this machine. Private keys never go along.
 */
final class ScenarioFiles {
    private final Path main;
    private final SortedSet<Path> files = new TreeSet<>();

    private ScenarioFiles(Path main) {
        this.main = whole(main);
    }

    /** @param bundled files of specs, by their names below {@link BundledArtefacts#FOLDER} beside the scenario's */
    static ScenarioBundle of(Scenario scenario, Map<String, byte[]> bundled) {
        ScenarioFiles gathered = new ScenarioFiles(scenario.file());
        gathered.files.add(gathered.main);
        for (GearDecl gear : scenario.gears()) {
            gear.filesBeside().forEach(gathered::add);
            gear.mergedBeside().forEach(gathered::addMerged);
        }
        return gathered.bundle(bundled);
    }

    private void add(Path file) {
        Path found = whole(file);
        if (Files.isRegularFile(found)) { // what a gear is to write is not there yet
            files.add(found);
        }
    }

    private void addMerged(Path spec, List<SpecSource> sources) {
        for (SpecSource each : sources) {
            Path file = each.file();
            if (each.absolute()
                    || !isIn(main.resolveSibling(""), file) && !isIn(whole(spec).resolveSibling(""), file)) {
                throw new CommandFailure(
                        ExitCode.CONFIG,
                        spec + " is made from " + whole(file) + ", which is not sent: put it into the folder of "
                                + spec.getFileName() + " or of the scenario, and name it by a relative path");
            }
            add(file);
        }
    }

    /** Also where links lead somewhere else. */
    private static boolean isIn(Path folder, Path file) {
        try {
            return file.toRealPath().startsWith(folder.toRealPath());
        } catch (IOException e) {
            throw new CommandFailure(ExitCode.CONFIG, file + " cannot be read: " + FileReason.of(e));
        }
    }

    private ScenarioBundle bundle(Map<String, byte[]> bundled) {
        Path root = main.getParent();
        for (Path file : files) {
            while (!file.startsWith(root)) {
                root = root.getParent();
            }
        }
        Map<String, byte[]> named = new TreeMap<>();
        for (Path file : files) {
            byte[] content = read(file);
            if (ScenarioBundle.holdsPrivateKey(content)) {
                throw new CommandFailure(
                        ExitCode.CONFIG,
                        file + " holds a private key, which is not sent: put it on the racks and name it by an absolute"
                                + " path, or by a variable that holds one");
            }
            named.put(root.relativize(file).toString().replace('\\', '/'), content);
        }
        String beside = root.relativize(main.resolveSibling(BundledArtefacts.FOLDER))
                .toString()
                .replace('\\', '/');
        bundled.forEach((name, content) -> named.put(beside + "/" + name, content));
        try {
            return ScenarioBundle.of(root.relativize(main).toString().replace('\\', '/'), named);
        } catch (IllegalArgumentException unusable) {
            throw new CommandFailure(
                    ExitCode.CONFIG,
                    "the scenario's files cannot go along: " + unusable.getMessage()
                            + "; put them into one folder under" + " plain names (files=" + named.size() + ")");
        }
    }

    private static byte[] read(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new CommandFailure(ExitCode.CONFIG, file + " cannot be read: " + FileReason.of(e));
        }
    }

    private static Path whole(Path file) {
        return file.toAbsolutePath().normalize();
    }
}
