package io.fluxrig.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** What {@code bin/fluxrig} does with its class-data archive, over a JDK that only tells how it was called. */
class LauncherTest extends LaunchedFromAFolder {
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
    void shouldSayWhatToRaiseWhereAProcessMayOpenTooFewFiles() throws Exception {
        Process limited = launch("0", "bash", "-c", "ulimit -n 64; exec \"$0\" \"$@\"");

        assertThat(ended(limited)).isEqualTo(1);
        assertThat(err).hasLineCount(1).contains("64 open files", "ulimit");
    }

    @Test
    void shouldLeaveNoCoreFileUnlessToldTo() throws Exception {
        assertThat(ended(launch("0", "bash", "-c", "ulimit -S -c 64; exec \"$0\" \"$@\"")))
                .isZero();
        assertThat(out).contains("core files: 0\n", "-XX:-CreateCoredumpOnCrash", "-XX:-HeapDumpOnOutOfMemoryError");

        assertThat(ended(launch("0", "bash", "-c", "ulimit -S -c 64; FLUXRIG_CORE_DUMPS=1 exec \"$0\" \"$@\"")))
                .isZero();
        assertThat(out).doesNotContain("core files: 0\n", "CreateCoredumpOnCrash");
    }

    @Test
    void shouldNameFilesInUtf8WhereTheLocaleIsNone() throws Exception {
        Process plain = launch("0", "env", "-u", "LC_CTYPE", "-u", "LANG", "LC_ALL=C");

        assertThat(ended(plain)).isZero();
        assertThat(out).contains("LC_ALL=C.UTF-8");
    }

    @Test
    void shouldSayHowAFolderOfPackagersIsNamed() throws Exception {
        assertThat(ended(launch("0", "env", "FLUXRIG_PACKS=" + root.resolve(JAR))))
                .isEqualTo(1);
        assertThat(err).hasLineCount(1).contains("names the file ", "some.jar: name the folder that it is in");

        assertThat(ended(launch("0", "env", "FLUXRIG_PACKS=/absent/folder"))).isEqualTo(1);
        assertThat(err).hasLineCount(1).contains("names /absent/folder", "check the path");
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
    void shouldNotBuildAgainWhatNothingIsNewerThan() throws Exception {
        for (String source :
                new String[] {"pom.xml", "perf/A.java", "iso/A.java", "transport/A.java", "engine/A.java"}) {
            write(source, "");
        }
        Files.createFile(home().resolve("built"));

        ended(launch("1", "env", "-u", "FLUXRIG_NO_BUILD"));

        assertThat(err).doesNotContain("building");
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
                        "--timeout",
                        "10",
                        root.resolve("engine/cli/target/build.lock").toString(),
                        "true")
                .start();
        assertThat(lock.waitFor()).as("nobody is left who holds the lock").isZero();
    }
}
