package io.fluxrig.iso.codec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/**
 * The recorded jPOS runs, which stand outside the repository: {@code -Dfluxrig.vectors=DIR}, or {@code shared/vectors} beside
 * the repository or beside a directory above it.
 */
final class JposVectors {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path dir;

    private JposVectors(Path dir) {
        this.dir = dir;
    }

    static Optional<JposVectors> find() {
        String told = System.getProperty("fluxrig.vectors");
        if (told != null) {
            return Optional.of(new JposVectors(Path.of(told)));
        }
        for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
            Path vectors = at.resolve("shared/vectors");
            if (Files.isDirectory(vectors)) {
                return Optional.of(new JposVectors(vectors));
            }
        }
        return Optional.empty();
    }

    List<JsonNode> lines(String file) {
        List<JsonNode> lines = new ArrayList<>();
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(dir.resolve(file))), StandardCharsets.UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                lines.add(JSON.readTree(line));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return lines;
    }

    /** Names of the dialects that are described. */
    List<String> packagers() {
        try (Stream<Path> files = Files.list(dir.resolve("packagers"))) {
            return files.map(file -> file.getFileName().toString().replace(".json", ""))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    JsonNode packager(String name) {
        try {
            return JSON.readTree(dir.resolve("packagers/" + name + ".json").toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
