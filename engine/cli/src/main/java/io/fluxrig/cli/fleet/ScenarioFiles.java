package io.fluxrig.cli.fleet;

import io.fluxrig.cli.console.CommandFailure;
import io.fluxrig.cli.console.ExitCode;
import io.fluxrig.engine.artefact.BundledArtefacts;
import io.fluxrig.engine.control.ScenarioBundle;
import io.fluxrig.engine.fault.FileReason;
import io.fluxrig.engine.scenario.GearDecl;
import io.fluxrig.engine.scenario.Scenario;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Gathers a scenario with the files that it reads into a bundle. A relative path names a file that goes along; an absolute one names a
 * file of the rack's own, which does not. Private keys never go along.
 */
final class ScenarioFiles {
    /** In a spec, what its wire layer starts from; a file, if there is one of that name. */
    private static final Pattern SOURCE =
            Pattern.compile("(?m)^\\s*[{]?\\s*source:\\s*[\"']?(?:jpos:)?([^\"'\\s#,}]+)");

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
        }
        return gathered.bundle(bundled);
    }

    private void add(Path file) {
        Path found = whole(file);
        if (!Files.isRegularFile(found) || !files.add(found)) {
            return; // what a gear is to write is not there yet
        }
        String name = found.toString();
        if (name.endsWith(".yaml") || name.endsWith(".yml") || name.endsWith(".json")) {
            Matcher source = SOURCE.matcher(new String(read(found), StandardCharsets.UTF_8));
            while (source.find()) {
                add(found.resolveSibling(source.group(1)));
            }
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
