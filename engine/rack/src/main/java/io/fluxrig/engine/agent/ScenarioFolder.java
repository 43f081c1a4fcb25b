package io.fluxrig.engine.agent;

import io.fluxrig.engine.artefact.ArtefactStore;
import io.fluxrig.engine.control.ScenarioBundle;
import io.fluxrig.engine.fault.FileReason;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The scenarios that a rack was sent, each in a folder named by its hash:
 *
 * <pre>
 *   scenarios/ab.../main      name of the scenario's file
 *   scenarios/ab.../files/    as they lay beside each other
 * </pre>
 *
 * <p>{@code main} is written last: a folder without it was cut short, and is made anew. One thread at a time.
 */
final class ScenarioFolder {
    private final Path folder;

    ScenarioFolder(Path folder) {
        this.folder = folder;
    }

    /**
     * Writes a bundle's files.
     *
     * @return its hash
     * @throws IOException if they cannot be written
     */
    String unpack(ScenarioBundle bundle, byte[] bytes) throws IOException {
        String hash = ArtefactStore.hash(bytes);
        Path home = folder.resolve(hash);
        if (Files.exists(home.resolve("main"))) {
            return hash;
        }
        for (Map.Entry<String, byte[]> file : bundle.files().entrySet()) {
            Path target = home.resolve("files").resolve(file.getKey());
            Files.createDirectories(target.resolveSibling(""));
            Files.write(target, file.getValue());
        }
        Files.write(home.resolve("main"), bundle.main().getBytes(StandardCharsets.UTF_8));
        return hash;
    }

    /** The scenario's file of a bundle that was unpacked, null if there is none. */
    Path file(String hash) throws IOException {
        Path home = folder.resolve(hash);
        if (hash.isEmpty() || Files.notExists(home.resolve("main"))) {
            return null;
        }
        return home.resolve("files").resolve(Files.readString(home.resolve("main")));
    }

    /** Removes all but those; what cannot be removed stays until the next time. */
    String forgetAllBut(Set<String> kept) {
        if (Files.notExists(folder)) {
            return "";
        }
        try (Stream<Path> homes = Files.list(folder)) {
            for (Path home : homes.toList()) {
                if (!kept.contains(home.toFile().getName())) {
                    remove(home);
                }
            }
            return "";
        } catch (IOException e) {
            return "old scenarios in " + folder + " are not removed: " + FileReason.of(e);
        }
    }

    private static void remove(Path home) throws IOException {
        List<Path> all;
        try (Stream<Path> walk = Files.walk(home)) {
            all = walk.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path each : all) {
            Files.delete(each);
        }
    }
}
