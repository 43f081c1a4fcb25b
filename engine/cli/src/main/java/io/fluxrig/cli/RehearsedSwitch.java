package io.fluxrig.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The payment switch in a folder where it may be changed, and what the rehearsal changes about it, one thing after the other. What a
 * deployment of its own has written otherwise stays as it is: then there is a change less to rehearse.
 *
 * @param file of the scenario
 */
record RehearsedSwitch(Path file) {
    private static final String TABLE = "bin-ranges.csv";

    /** The conductor, the terminals' server, the lines to the hosts. */
    private static final List<Edit> EDITS = List.of(
            new Edit("timeout: 10s", "timeout: 9s"),
            new Edit("max_connections: 16384", "max_connections: 16000"),
            new Edit("reconnect_wait: 2s", "reconnect_wait: 3s"));

    private record Edit(String from, String to) {}

    /** Writes a copy of a scenario, which names its table beside it and its dialects from there. */
    static RehearsedSwitch copy(Path scenario, Path folder) throws IOException {
        Files.createDirectories(folder);
        Path original = scenario.toAbsolutePath().normalize();
        Path table = original.resolveSibling(TABLE);
        if (Files.exists(table)) {
            Files.writeString(folder.resolve(TABLE), Files.readString(table));
        }
        RehearsedSwitch copy = new RehearsedSwitch(folder.resolve("payment-switch.yaml"));
        Path specs = original.resolveSibling("../specs").normalize();
        copy.write(Files.readString(scenario).replace("../specs/", specs + "/"));
        return copy;
    }

    /** How many changes there are. */
    static int changes() {
        return EDITS.size();
    }

    /** @return false, and nothing is written, where the scenario does not say what is to be changed */
    boolean change(int number) throws IOException {
        Edit edit = EDITS.get(number);
        String text = Files.readString(file);
        if (!text.contains(edit.from)) {
            return false;
        }
        write(text.replace(edit.from, edit.to));
        return true;
    }

    private void write(String text) throws IOException {
        Files.write(file, text.getBytes(StandardCharsets.UTF_8));
    }
}
