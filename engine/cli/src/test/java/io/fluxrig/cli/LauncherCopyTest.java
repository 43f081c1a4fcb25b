package io.fluxrig.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Which folder of jars {@code bin/fluxrig} runs from, and who may write to it. */
class LauncherCopyTest extends LaunchedFromAFolder {
    @Test
    void shouldRunFromACopyThatALaterBuildLeavesAlone() throws Exception {
        start(0);
        String first = folderRunFrom();
        assertThat(first).startsWith("run-");
        start(0);
        assertThat(folderRunFrom()).as("nothing was built since").isEqualTo(first);

        write(JAR, "built again");
        start(0);

        assertThat(folderRunFrom()).isNotEqualTo(first);
        assertThat(home().resolve(first + "/some.jar")).isEmptyFile();
        assertThat(home().resolve(folderRunFrom() + "/some.jar")).hasContent("built again");
        assertThat(err).as("an archive is for one class path").contains("preparing quick starts");
    }

    @Test
    void shouldRunTheLastCopyWhereABuildHasFailedSince() throws Exception {
        start(0);
        String first = folderRunFrom();
        Files.delete(root.resolve(JAR));

        start(0);

        assertThat(folderRunFrom()).isEqualTo(first);
    }

    @Test
    void shouldRemoveCopiesThatNobodyRunsFrom() throws Exception {
        start(0);
        String first = folderRunFrom();
        Path jar = home().resolve(first + "/some.jar");
        Process rack = new ProcessBuilder("sh", "-c", "read line", "sh", jar.toString()).start();
        try {
            for (String build : List.of("second", "third", "fourth")) {
                write(JAR, build);
                start(0);
            }
            assertThat(jar).as("a rack runs from it").exists();
        } finally {
            rack.getOutputStream().close();
            rack.waitFor(10, TimeUnit.SECONDS);
        }
        write(JAR, "fifth");
        start(0);

        assertThat(jar).doesNotExist();
        try (Stream<Path> folders = Files.list(home())) {
            assertThat(folders.filter(folder -> folder.getFileName().toString().startsWith("run-")))
                    .as("the one before stays for a start that has just chosen it")
                    .hasSize(2);
        }
    }

    @Test
    void shouldRunFromTheCopyAndItsArchiveWhoeverStartsIt() throws Exception {
        start(0);
        String copy = folderRunFrom();

        assertThat(ended(launchByAnother())).as(err).isZero();

        assertThat(folderRunFrom()).isEqualTo(copy);
        assertThat(out).contains("-XX:SharedArchiveFile=" + archive());
        assertThat(err).isEmpty();
    }

    @Test
    void shouldNotRunFromWhatABuildRemovesWhereThereIsAnOlderCopy() throws Exception {
        start(0);
        String copy = folderRunFrom();
        write(JAR, "built again");

        assertThat(ended(launchByAnother())).as(err).isZero();

        assertThat(folderRunFrom()).isEqualTo(copy);
        assertThat(err).contains("runs what was built before", "have its owner start fluxrig once");
    }

    @Test
    void shouldSayThatABuildRemovesWhatRunsWhereThereIsNoCopy() throws Exception {
        assertThat(ended(launchByAnother())).as(err).isZero();

        assertThat(folderRunFrom()).isEqualTo("lib");
        assertThat(err).contains("lib, which the next build removes: have its owner start fluxrig once");
    }

    @Test
    void shouldSayThatNothingIsBuiltWhoeverStartsIt() throws Exception {
        Files.delete(root.resolve(JAR));

        assertThat(ended(launchByAnother())).isEqualTo(1);
        assertThat(err).contains("nothing is built yet");

        assertThat(ended(launch("0"))).isEqualTo(1);
        assertThat(err).contains("nothing is built yet");
    }

    /** By an account that reads all of it and writes none: nobody where this is root, else the same one, held off by modes. */
    private Process launchByAnother() throws IOException, InterruptedException {
        boolean isRoot = Files.getOwner(home()).getName().equals("root");
        Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwxr-xr-x"));
        if (!isRoot) {
            Files.setPosixFilePermissions(home(), PosixFilePermissions.fromString("r-xr-xr-x"));
        }
        String[] before = isRoot
                ? new String[] {"setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"}
                : new String[] {"env"};
        assumeThat(readsAndWritesNone(before)).as("another account can be had").isTrue();
        return launch("0", before);
    }

    private boolean readsAndWritesNone(String... before) throws InterruptedException {
        List<String> command = new ArrayList<>(List.of(before));
        command.addAll(List.of("sh", "-c", "test -r \"$1/lib\" && test ! -w \"$1\"", "sh", home().toString()));
        try {
            return new ProcessBuilder(command).start().waitFor() == 0;
        } catch (IOException e) {
            return false; // there is no setpriv
        }
    }

    @AfterEach
    void makeRemovable() throws IOException {
        Files.setPosixFilePermissions(home(), PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    @Test
    void shouldRefuseWhatAnotherStartIsBuildingWhereThereIsNoFlock() throws Exception {
        Path held = root.resolve("engine/cli/target/build.lock.held");
        Files.createDirectory(held);

        assertThat(ended(launch("0", withoutFlock()))).isEqualTo(1);
        assertThat(err)
                .isEqualTo(
                        "fluxrig: another start is building: wait for it, or if there is none, rmdir " + held + "\n");
        assertThat(held).exists();

        Files.delete(held);
        assertThat(ended(launch("0", withoutFlock()))).as(err).isZero();
        assertThat(out).contains("-XX:SharedArchiveFile=" + archive());
        assertThat(held).as("given back").doesNotExist();
    }

    @Test
    void shouldGiveTheLockBackWhereALauncherIsEndedAndThereIsNoFlock() throws Exception {
        Path held = root.resolve("engine/cli/target/build.lock.held");
        Process launcher = launch("hangs", withoutFlock());
        Path fresh = archive().resolveSibling(archive().getFileName() + ".new");
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> Files.exists(fresh));
        assertThat(held).exists();

        launcher.destroy();

        assertThat(ended(launcher)).isEqualTo(143);
        assertThat(held).doesNotExist();
    }

    /** Has bash believe that flock is not installed. */
    private String[] withoutFlock() throws IOException {
        write("no-flock.sh", "command() { [ \"$2\" != flock ] && builtin command \"$@\"; }\n");
        return new String[] {"env", "BASH_ENV=" + root.resolve("no-flock.sh")};
    }
}
