package io.fluxrig.cli.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import io.fluxrig.cli.console.CommandFailure;
import io.fluxrig.engine.control.ScenarioBundle;
import io.fluxrig.engine.fault.FileReason;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Writes the files of a bundle into a folder, where none of them may be yet. */
final class BundleFolder {
    private final Path folder;
    private final List<Path> made = new ArrayList<>();

    BundleFolder(Path folder) {
        this.folder = folder;
    }

    /**
     * The bundle as the API shows it: {@code main}, and {@code files} by name in base 64.
     *
     * @throws CommandFailure if it is none, or one of its names could lead out of the folder
     */
    static ScenarioBundle read(JsonNode shown) {
        Map<String, byte[]> files = new TreeMap<>();
        try {
            for (Map.Entry<String, JsonNode> file : shown.path("files").properties()) {
                files.put(
                        file.getKey(),
                        Base64.getDecoder().decode(file.getValue().asText()));
            }
            return ScenarioBundle.of(shown.path("main").asText(), files);
        } catch (IllegalArgumentException unusable) {
            throw CommandFailure.failed("what the mixer sent is no scenario: " + unusable.getMessage());
        }
    }

    /**
     * Writes all files, or leaves none behind; the scenario's own file.
     *
     * @throws CommandFailure with the file, why, and what to do
     */
    Path write(ScenarioBundle bundle) {
        for (Map.Entry<String, byte[]> file : bundle.files().entrySet()) {
            Path path = folder.resolve(file.getKey());
            try {
                Files.createDirectories(path.resolveSibling(""));
                Files.write(path, new byte[0], StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
                made.add(path);
                Files.write(path, file.getValue());
            } catch (FileAlreadyExistsException there) {
                throw CommandFailure.failed(path + " exists, and nothing is overwritten; choose another -o" + undo());
            } catch (IOException unwritten) {
                throw CommandFailure.failed(
                        "cannot write " + path + ": " + FileReason.of(unwritten) + "; choose another -o" + undo());
            }
        }
        return folder.resolve(bundle.main());
    }

    /** Removes what was written; says what could not be removed. */
    private String undo() {
        StringBuilder left = new StringBuilder();
        for (Path path : made) {
            try {
                Files.deleteIfExists(path);
            } catch (IOException stays) {
                left.append("; remove ").append(path).append(", which this left behind");
            }
        }
        return left.toString();
    }
}
