package io.fluxrig.engine.agent;

import io.fluxrig.engine.artefact.ArtefactStore;
import io.fluxrig.engine.control.ScenarioBundle;
import io.fluxrig.engine.fault.FileReason;
import io.fluxrig.engine.passport.OwnFile;
import io.fluxrig.engine.passport.PassportException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
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
 * <p>Every file is on the disk before {@code main}, which is written last and taken away first: a folder without it was cut short.
 * One thread at a time.
 */
final class ScenarioFolder {
    private final Path folder;

    ScenarioFolder(Path folder) {
        this.folder = folder;
    }

    /**
     * Writes a bundle's files, where they are not there as the bundle has them.
     *
     * @return its hash
     * @throws IOException if they cannot be written
     */
    String unpack(ScenarioBundle bundle, byte[] bytes) throws IOException {
        String hash = ArtefactStore.hash(bytes);
        Path home = folder.resolve(hash);
        Path main = home.resolve("main");
        byte[] named = bundle.main().getBytes(StandardCharsets.UTF_8);
        if (holds(main, named) && isWhole(home, bundle)) {
            return hash;
        }
        Files.deleteIfExists(main);
        for (Map.Entry<String, byte[]> file : bundle.files().entrySet()) {
            write(home.resolve("files").resolve(file.getKey()), file.getValue());
        }
        write(main, named);
        force(folder);
        return hash;
    }

    private static boolean isWhole(Path home, ScenarioBundle bundle) throws IOException {
        for (Map.Entry<String, byte[]> file : bundle.files().entrySet()) {
            if (!holds(home.resolve("files").resolve(file.getKey()), file.getValue())) {
                return false;
            }
        }
        return true;
    }

    private static boolean holds(Path file, byte[] bytes) throws IOException {
        return Files.isRegularFile(file)
                && Files.size(file) == bytes.length
                && Arrays.equals(Files.readAllBytes(file), bytes);
    }

    private static void write(Path file, byte[] bytes) throws IOException {
        try {
            OwnFile.write(file, bytes);
        } catch (PassportException unwritten) {
            throw new IOException(unwritten.getMessage(), unwritten);
        }
        force(file.resolveSibling(""));
        force(file.resolveSibling("").resolveSibling(""));
    }

    /** Has the disk keep a folder's names. */
    private static void force(Path folder) throws IOException {
        try (FileChannel names = FileChannel.open(folder, StandardOpenOption.READ)) {
            names.force(true);
        }
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
