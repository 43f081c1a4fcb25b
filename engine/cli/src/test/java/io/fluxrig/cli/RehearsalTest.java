package io.fluxrig.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.fluxrig.cli.console.ExitCode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** In a process of its own, as the launcher runs it, since it ends with the process. */
class RehearsalTest {
    private static final long PATIENCE_SECONDS = 60;

    @TempDir
    Path folder;

    private int code;
    private String printed;

    /** @param home what the launcher would call fluxrig's folder */
    private void rehearse(Path home, String... more) throws IOException, InterruptedException {
        Path log = folder.resolve("log");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Dfluxrig.home=" + home,
                "-cp",
                System.getProperty("java.class.path"),
                Rehearsal.class.getName(),
                folder.resolve("data").toString()));
        command.addAll(List.of(more));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS))
                    .as("stops by itself")
                    .isTrue();
        } finally {
            process.destroyForcibly();
        }
        code = process.exitValue();
        printed = Files.readString(log, StandardCharsets.UTF_8);
    }

    private static Path root() {
        return Path.of("../..").toAbsolutePath().normalize();
    }

    private List<String> failures() {
        return printed.lines()
                .filter(line -> line.startsWith("fluxrig: the rehearsal failed: "))
                .toList();
    }

    @Test
    void shouldRunTheSwitchWithItsIssuersUnderLoadAndStopByItself() throws Exception {
        rehearse(root());

        assertThat(code).as(printed).isZero();
        assertThat(failures()).isEmpty();
        assertThat(folder.resolve("data"))
                .isDirectoryContaining("glob:**payment-switch.yaml")
                .isDirectoryContaining("glob:**issuer-scheme-a.yaml")
                .isDirectoryContaining("glob:**issuer-scheme-b.yaml");
        assertThat(printed).contains("drained: ");
        assertThat(printed.lines().filter(line -> line.contains("RackChanges: ")))
                .as("conductor, terminals, lines")
                .hasSize(3);
    }

    @Test
    void shouldEndInOneLineWhereAStepFails() throws Exception {
        rehearse(folder.resolve("nowhere"));

        assertThat(code).as(printed).isEqualTo(ExitCode.FAILED);
        assertThat(failures()).singleElement().asString().contains("check ", "payment-switch.yaml", "no such file");
    }

    @Test
    void shouldEndInOneLineWhereAPortIsTaken() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            rehearse(root(), Integer.toString(taken.getLocalPort()));
        }

        assertThat(code).as(printed).isEqualTo(ExitCode.FAILED);
        assertThat(failures()).singleElement().asString().contains("payment-switch.yaml", "does not run");
        assertThat(printed).contains("in use");
    }
}
