package io.fluxrig.mixer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Folders in which Vert.x keeps what it unpacks, {@code cache-UUID}, below a mixer's data folder: one that was killed leaves its own
 * behind. Called by whoever holds the data folder, before Vert.x makes another.
 */
final class OldCaches {
    /** What Vert.x puts its UUID behind. */
    static final String NAME = "cache";

    private static final String LEFT_BEHIND = NAME + "-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}";
    private static final Logger LOG = LoggerFactory.getLogger(OldCaches.class);

    private OldCaches() {}

    /** Removes those that are there; what cannot be removed stays, and is told. */
    static void remove(Path data) {
        try (Stream<Path> found = Files.list(data)) {
            List<Path> old = found.filter(
                            path -> data.relativize(path).toString().matches(LEFT_BEHIND))
                    .filter(Files::isDirectory)
                    .toList();
            for (Path folder : old) {
                removeAll(folder);
            }
        } catch (IOException | UncheckedIOException stays) {
            LOG.warn("what an earlier mixer left in {} cannot be removed: {}", data, stays.getMessage());
        }
    }

    private static void removeAll(Path folder) throws IOException {
        try (Stream<Path> below = Files.walk(folder)) {
            for (Path path : below.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
