package io.fluxrig.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A folder with {@code bin/fluxrig}, something built, and a JDK that only tells how it was called. */
abstract class LaunchedFromAFolder {
    /** A rehearsal leaves an archive behind, whole or not; anything else prints its arguments. */
    private static final String JAVA = """
            #!/bin/sh
            for argument; do
              case "$argument" in
                -XX:ArchiveClassesAtExit=*)
                  echo classes >"${argument#*=}"
                  if [ "$REHEARSAL_CODE" = hangs ]; then sleep 300; fi
                  exit "$REHEARSAL_CODE" ;;
              esac
            done
            echo "LC_ALL=$LC_ALL"
            echo "core files: $(ulimit -c)"
            echo "$*"
            """;

    private static final String HOME = "engine/cli/target/fluxrig";

    /** What Maven built, from the root. */
    static final String JAR = HOME + "/lib/some.jar";

    @TempDir
    Path root;

    String out;
    String err;

    @BeforeEach
    void layOut() throws IOException {
        for (String script :
                List.of("bin/fluxrig", "bin/archive.sh", "bin/copy.sh", "bin/jvm.sh", "bin/toolchain.sh")) {
            write(script, Files.readString(Path.of("../..").resolve(script)));
        }
        write("jdk/bin/java", JAVA);
        write("jdk/bin/javac", "");
        write("jdk/release", "JAVA_VERSION=\"17.0.1\"\n");
        write(JAR, "");
    }

    final void write(String name, String text) throws IOException {
        Path file = root.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        assertThat(file.toFile().setExecutable(true, false)).isTrue();
    }

    final void start(int rehearsalCode) throws IOException, InterruptedException {
        assertThat(ended(launch(Integer.toString(rehearsalCode)))).as(err).isZero();
    }

    /** Its exit code; what it printed is in {@link #out} and {@link #err} then. */
    final int ended(Process process) throws IOException, InterruptedException {
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        out = Files.readString(root.resolve("out"), StandardCharsets.UTF_8);
        err = Files.readString(root.resolve("err"), StandardCharsets.UTF_8);
        return process.exitValue();
    }

    /**
     * @param rehearsal its exit code, or {@code hangs}
     * @param before what the launcher is to be started by, with its arguments; none: started as it is
     */
    final Process launch(String rehearsal, String... before) throws IOException {
        List<String> command = new ArrayList<>(List.of(before));
        command.addAll(List.of(root.resolve("bin/fluxrig").toString(), "run", "some.yaml"));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectOutput(root.resolve("out").toFile())
                .redirectError(root.resolve("err").toFile());
        builder.environment()
                .putAll(Map.of(
                        "JAVA_HOME",
                        root.resolve("jdk").toString(),
                        "FLUXRIG_NO_BUILD",
                        "1",
                        "REHEARSAL_CODE",
                        rehearsal));
        return builder.start();
    }

    /** Where copies and archives are. */
    final Path home() {
        return root.resolve(HOME);
    }

    final Path archive() {
        return home().resolve("archive/jdk-ParallelGC");
    }

    /** The name of the folder that the class path named. */
    final String folderRunFrom() {
        Matcher folder = Pattern.compile(Pattern.quote(home() + "/") + "([^/]+)/some.jar")
                .matcher(out);
        assertThat(folder.find()).as(out).isTrue();
        return folder.group(1);
    }
}
