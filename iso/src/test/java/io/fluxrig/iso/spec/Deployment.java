package io.fluxrig.iso.spec;

import java.nio.file.Files;
import java.nio.file.Path;

/** Finds the repository's own files, from wherever the tests run. */
public final class Deployment {
    private Deployment() {}

    /** A file under the repository's root. */
    public static Path file(String relative) {
        for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
            if (Files.exists(at.resolve(relative))) {
                return at.resolve(relative);
            }
        }
        throw new IllegalStateException(
                "no " + relative + " above " + Path.of("").toAbsolutePath());
    }

    /** A file of test vectors beside the repository, or null where there are none. */
    public static Path vectors(String relative) {
        for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
            Path found = at.resolve("shared/vectors").resolve(relative);
            if (Files.exists(found)) {
                return found;
            }
        }
        return null;
    }
}
