package io.fluxrig.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code bin/fluxrig} does with its class-data archive, over a JDK that only tells how it was called. */
class LauncherTest {
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
            echo "$*"
            """;

    @TempDir
    Path root;

    private String out;
    private String err;

    @BeforeEach
    void layOut() throws IOException {
        for (String script : List.of("bin/fluxrig", "bin/archive.sh", "bin/copy.sh", "bin/toolchain.sh")) {
            write(script, Files.readString(Path.of("../..").resolve(script)));
        }
        write("jdk/bin/java", JAVA);
        write("jdk/bin/javac", "");
        write("jdk/release", "JAVA_VERSION=\"17.0.1\"\n");
        write("engine/cli/target/fluxrig/lib/some.jar", "");
    }

    private void write(String name, String text) throws IOException {
        Path file = root.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        assertThat(file.toFile().setExecutable(true)).isTrue();
    }

    private void start(int rehearsalCode) throws IOException, InterruptedException {
        Process process = launch(Integer.toString(rehearsalCode));
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        out = Files.readString(root.resolve("out"), StandardCharsets.UTF_8);
        err = Files.readString(root.resolve("err"), StandardCharsets.UTF_8);
        assertThat(process.exitValue()).as(err).isZero();
    }

    /** @param rehearsal its exit code, or {@code hangs} */
    private Process launch(String rehearsal) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(root.resolve("bin/fluxrig").toString(), "run", "some.yaml")
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

    private Path archive() {
        return root.resolve("engine/cli/target/fluxrig/archive/jdk-ParallelGC");
    }

    @Test
    void shouldRehearseOnceAndStartFromTheArchive() throws Exception {
        start(0);

        assertThat(err).contains("preparing quick starts on Java 17").contains("prepared in");
        assertThat(out)
                .contains("-XX:SharedArchiveFile=" + archive())
                .endsWith("io.fluxrig.cli.Fluxrig run some.yaml\n");

        start(1);

        assertThat(err).isEmpty();
        assertThat(out).contains("-XX:SharedArchiveFile=" + archive());
    }

    @Test
    void shouldStartWithoutAnArchiveAndSaySoOnceWhereTheRehearsalFails() throws Exception {
        start(1);

        assertThat(archive()).doesNotExist();
        assertThat(err.lines().skip(1))
                .singleElement()
                .asString()
                .contains("starts on Java 17 stay slow", archive() + ".log says why");
        assertThat(out).doesNotContain("SharedArchiveFile").contains("io.fluxrig.cli.Fluxrig run some.yaml");

        start(0);

        assertThat(err).isEmpty();
        assertThat(out).doesNotContain("SharedArchiveFile");
    }

    @Test
    void shouldRehearseAgainWhereTheArchiveWasCutShort() throws Exception {
        start(0);
        Files.writeString(archive(), "cl");

        start(0);

        assertThat(err).contains("preparing quick starts");
        assertThat(archive()).hasContent("classes");
    }

    private String folderRunFrom() {
        Matcher folder = Pattern.compile(
                        Pattern.quote(root.resolve("engine/cli/target/fluxrig") + "/") + "(run-[^/]+)/some.jar")
                .matcher(out);
        assertThat(folder.find()).as(out).isTrue();
        return folder.group(1);
    }

    @Test
    void shouldRunFromACopyThatALaterBuildLeavesAlone() throws Exception {
        start(0);
        String first = folderRunFrom();
        start(0);
        assertThat(folderRunFrom()).as("nothing was built since").isEqualTo(first);

        write("engine/cli/target/fluxrig/lib/some.jar", "built again");
        start(0);

        assertThat(folderRunFrom()).isNotEqualTo(first);
        assertThat(root.resolve("engine/cli/target/fluxrig/" + first + "/some.jar"))
                .isEmptyFile();
        assertThat(root.resolve("engine/cli/target/fluxrig/" + folderRunFrom() + "/some.jar"))
                .hasContent("built again");
        assertThat(err).as("an archive is for one class path").contains("preparing quick starts");
    }

    @Test
    void shouldRunTheLastCopyWhereABuildHasFailedSince() throws Exception {
        start(0);
        String first = folderRunFrom();
        Files.delete(root.resolve("engine/cli/target/fluxrig/lib/some.jar"));

        start(0);

        assertThat(folderRunFrom()).isEqualTo(first);
    }

    @Test
    void shouldRemoveCopiesThatNobodyRunsFrom() throws Exception {
        start(0);
        String first = folderRunFrom();
        Path jar = root.resolve("engine/cli/target/fluxrig/" + first + "/some.jar");
        Process rack = new ProcessBuilder("sh", "-c", "read line", "sh", jar.toString()).start();
        try {
            for (String build : List.of("second", "third", "fourth")) {
                write("engine/cli/target/fluxrig/lib/some.jar", build);
                start(0);
            }
            assertThat(jar).as("a rack runs from it").exists();
        } finally {
            rack.getOutputStream().close();
            rack.waitFor(10, TimeUnit.SECONDS);
        }
        write("engine/cli/target/fluxrig/lib/some.jar", "fifth");
        start(0);

        assertThat(jar).doesNotExist();
        try (Stream<Path> folders = Files.list(root.resolve("engine/cli/target/fluxrig"))) {
            assertThat(folders.filter(folder -> folder.getFileName().toString().startsWith("run-")))
                    .as("the one before stays for a start that has just chosen it")
                    .hasSize(2);
        }
    }

    @Test
    void shouldRehearseAgainWhereTheArchiveWasWrittenTo() throws Exception {
        start(0);
        Files.writeString(archive(), "clashes\n");
        Files.setLastModifiedTime(archive(), FileTime.from(Instant.now().plusSeconds(1)));

        start(0);

        assertThat(err).contains("preparing quick starts");
        assertThat(archive()).hasContent("classes");
    }

    @Test
    void shouldRehearseAgainWhereAJvmDiedOfAnArchiveThatChangedOnTheDisk() throws Exception {
        start(0);
        FileTime written = Files.getLastModifiedTime(archive());
        Files.writeString(archive(), "clashes\n");
        Files.setLastModifiedTime(archive(), written);
        start(1);
        assertThat(err).as("nobody read it").isEmpty();
        assertThat(out).contains("-XX:OnError=touch \"$FLUXRIG_ARCHIVE_CRASHED\"");
        Files.createFile(crashed());

        start(0);

        assertThat(err).contains("preparing quick starts");
        assertThat(archive()).hasContent("classes");
        assertThat(crashed()).doesNotExist();
    }

    @Test
    void shouldKeepAnArchiveThatAJvmDidNotDieOf() throws Exception {
        start(0);
        Files.createFile(crashed());

        start(1);

        assertThat(err).isEmpty();
        assertThat(out).contains("-XX:SharedArchiveFile=" + archive());
        assertThat(crashed()).doesNotExist();
    }

    private Path crashed() {
        return archive().resolveSibling(archive().getFileName() + ".crashed");
    }

    @Test
    void shouldEndARehearsalAndAllThatItStartedWithTheLauncher() throws Exception {
        Process launcher = launch("hangs");
        Path fresh = archive().resolveSibling(archive().getFileName() + ".new");
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> Files.exists(fresh));

        launcher.destroy();

        assertThat(launcher.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(launcher.exitValue()).isEqualTo(143);
        assertThat(fresh).doesNotExist();
        Process lock = new ProcessBuilder(
                        "flock",
                        "--nonblock",
                        root.resolve("engine/cli/target/build.lock").toString(),
                        "true")
                .start();
        assertThat(lock.waitFor()).as("nobody is left who holds the lock").isZero();
    }
}
