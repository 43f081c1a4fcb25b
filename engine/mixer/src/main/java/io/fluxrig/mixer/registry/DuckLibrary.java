package io.fluxrig.mixer.registry;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * DuckDB's native library where its jar holds it, as in a checkout: the driver copies its 70 MB to {@code java.io.tmpdir} at each
 * start, and takes them away only when the JVM ends in order. Linux needs the name no longer once it is loaded. The packages have
 * it beside the jar, from where it is loaded as it is.
 */
final class DuckLibrary {
    private static final Logger LOG = LoggerFactory.getLogger(DuckLibrary.class);

    /** As the driver names its copy, in a line of {@code /proc/self/maps}. */
    private static final Pattern COPY = Pattern.compile("[^/]*(/.*/libduckdb_java\\d+\\.so)");

    private DuckLibrary() {}

    /** Takes away this process's copy, if it has loaded one; does nothing where the system does not tell. */
    static void removeCopy() {
        removeCopy(Path.of("/proc/self/maps"), Path.of(System.getProperty("java.io.tmpdir")));
    }

    /** @param folder where the driver makes copies; nothing else is removed */
    static void removeCopy(Path maps, Path folder) {
        if (!Files.isReadable(maps)) {
            return;
        }
        try (Stream<String> lines = Files.lines(maps)) {
            List<Path> copies = lines.map(COPY::matcher)
                    .filter(Matcher::matches)
                    .map(line -> Path.of(line.group(1)))
                    .filter(copy -> folder.toAbsolutePath().equals(copy.getParent()))
                    .distinct()
                    .toList();
            for (Path copy : copies) {
                Files.deleteIfExists(copy);
            }
        } catch (IOException | UncheckedIOException stays) {
            LOG.debug("a copy of DuckDB's library stays until this process ends: {}", stays.toString());
        }
    }
}
