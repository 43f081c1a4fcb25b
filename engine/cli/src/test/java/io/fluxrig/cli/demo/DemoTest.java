package io.fluxrig.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What keeps a demo from beginning. The whole of it runs in {@code it/}. */
class DemoTest {
    @TempDir
    Path folder;

    private Demo demo(Path into, String rate, Map<String, String> environment) throws Exception {
        PrintStream nowhere = new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8);
        DemoPlan plan = new DemoPlan(folder, into, 20_000_000, rate, false, false, Ports.of(environment, true));
        return new Demo(plan, nowhere);
    }

    private void run(Path into, Map<String, String> environment) throws Exception {
        demo(into, "1", environment).run();
    }

    @Test
    void shouldHaveARateGrowThatIsANumber() throws Exception {
        assertThat(demo(folder, "2000", Map.of()).loadArguments()).contains("--rate=200..2000", "--ramp=5ms");
        assertThat(demo(folder, "100..2000", Map.of()).loadArguments()).contains("--rate=100..2000", "--ramp=5ms");
        assertThat(demo(folder, "max", Map.of()).loadArguments())
                .contains("--rate=max")
                .noneMatch(argument -> argument.startsWith("--ramp"));
    }

    @Test
    void shouldNotBeginWhereAPortIsTaken() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Map<String, String> environment = Map.of("SILENT_ADDRESS", "127.0.0.1:" + taken.getLocalPort());

            assertThatThrownBy(() -> run(folder, environment))
                    .isInstanceOf(DemoException.class)
                    .hasMessageContainingAll("the silent host", "SILENT_ADDRESS", "--free-ports");
        }
    }

    @Test
    @SuppressWarnings("try") // the lock is held, not used
    void shouldNotBeginInTheFolderOfAnotherDemo() throws Exception {
        try (FolderLock other = FolderLock.take(folder)) {
            assertThatThrownBy(() -> run(folder, Map.of()))
                    .isInstanceOf(DemoException.class)
                    .hasMessageContainingAll("another demo writes to " + folder, "--dir");
        }
    }

    @Test
    void shouldTakeTheFolderOnceTheOtherDemoHasEnded() throws Exception {
        FolderLock.take(folder).close();
        FolderLock.take(folder).close();
    }

    @Test
    void shouldNotBeginWhereItCannotWrite() throws Exception {
        Path file = Files.createFile(folder.resolve("file"));

        assertThatThrownBy(() -> run(file, Map.of()))
                .isInstanceOf(DemoException.class)
                .hasMessageContainingAll("cannot write to " + file, "--dir");
    }

    @Test
    void shouldNameTheProcessThatCannotBeStartedAndTheRemedy() throws Exception {
        Files.createDirectories(folder.resolve("demo/issuer-scheme-a.log/in-the-way"));

        assertThatThrownBy(() -> run(folder.resolve("demo"), Map.of()))
                .isInstanceOf(DemoException.class)
                .hasMessageContainingAll(
                        "cannot start issuer-scheme-a", folder.resolve("demo").toString(), "--dir");
    }

    @Test
    void shouldShowTheEndOfTheLogOfARackThatDoesNotStart() {
        assertThatThrownBy(() -> run(folder.resolve("demo"), Map.of()))
                .isInstanceOf(DemoException.class)
                .hasMessageContainingAll("issuer-scheme-a ended", "issuer-scheme-a.log", "issuer-scheme-a.yaml");
    }
}
