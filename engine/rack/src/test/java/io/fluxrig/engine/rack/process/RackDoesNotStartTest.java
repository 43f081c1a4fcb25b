package io.fluxrig.engine.rack.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.fluxrig.engine.rack.node.NodeExit;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class RackDoesNotStartTest extends RackProcessRunning {
    @Test
    void shouldReportEveryFaultAndEndWithBadConfig() throws Exception {
        assertThat(process(SCENARIO.replace("type: recorded", "type: recordde"), Map.of())
                        .run())
                .isEqualTo(NodeExit.BAD_CONFIG);
        assertThat(err()).contains("s.yaml:4:", "did you mean 'recorded'?");
        assertThat(process(SCENARIO, Map.of("rack.strips", "999")).run()).isEqualTo(NodeExit.BAD_CONFIG);
        assertThat(err()).contains("rack.strips: 999 is out of range");
        err.reset();
        assertThat(process(SCENARIO.replace("busy.in", "bussy.in"), Map.of("rack.strips", "999"))
                        .run())
                .isEqualTo(NodeExit.BAD_CONFIG);
        assertThat(err())
                .as("both files can be mended at once")
                .contains("rack.strips: 999 is out of range", "did you mean 'busy'?", "not checked until the errors");
        assertThat(gears.events).isEmpty();
    }

    @Test
    void shouldAskForTheServerOfWiresBetweenRacks() throws Exception {
        String far = """
            meta: { name: far }
            racks: [ { name: east }, { name: west } ]
            gears:
              - { name: a, type: recorded, deploy: east }
              - { name: b, type: recorded, deploy: west }
            wires:
              - { from: a.out, to: b.in }
            """;
        assertThat(process(far, Map.of("rack.name", "east")).run()).isEqualTo(NodeExit.BAD_CONFIG);
        assertThat(err()).contains("this rack does not know its NATS server", "set snake.url");
        Map<String, String> http = Map.of("rack.name", "east", "snake.url", "http://somewhere");
        assertThat(process(far, http).run()).isEqualTo(NodeExit.BAD_CONFIG);
        assertThat(err()).contains("snake.url: one of its addresses is none of a NATS server");
    }

    @Test
    void shouldSayInOneLineThatTheAddressIsTaken() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String bind = "127.0.0.1:" + taken.getLocalPort();
            assertThat(process(SCENARIO, Map.of("telemetry.bind", bind)).run()).isEqualTo(NodeExit.FAILED);
            assertThat(err().lines().filter(line -> line.startsWith("fluxrig:")))
                    .singleElement()
                    .asString()
                    .startsWith("fluxrig: telemetry.bind: cannot listen on " + bind);
        }
    }

    @Test
    void shouldLeaveAFolderThatAnotherRackWritesTo() throws Exception {
        RackProcess first = process(SCENARIO, Map.of());
        CompletableFuture<Integer> exit = CompletableFuture.supplyAsync(first::run);
        awaitStatusUrl();

        assertThat(process(SCENARIO, Map.of()).run()).isEqualTo(NodeExit.FAILED);

        assertThat(err())
                .isEqualToIgnoringNewLines("fluxrig: base.data_dir: another fluxrig process (pid "
                        + ProcessHandle.current().pid() + ") writes to " + folder.toAbsolutePath()
                        + "; stop it, or give this one a folder of its own (--set base.data_dir=FOLDER)");
        first.stop();
        assertThat(exit.get(20, TimeUnit.SECONDS)).isZero();
        RackProcess third = process(SCENARIO, Map.of());
        third.stop();
        assertThat(third.run()).isZero();
    }

    @Test
    void shouldSayWhyItsFolderCannotBeWritten() throws Exception {
        Path file = Files.createFile(folder.resolve("taken"));

        assertThat(process(SCENARIO, Map.of("base.data_dir", file.toString())).run())
                .isEqualTo(NodeExit.BAD_CONFIG);

        assertThat(err().lines())
                .singleElement()
                .asString()
                .startsWith(
                        "on the command line: error: base.data_dir: cannot write to " + file + ": a file is in the way")
                .contains("--set base.data_dir=");
    }

    @Test
    void shouldNameEachFolderThatCannotBeWritten() throws Exception {
        Path file = Files.createFile(folder.resolve("taken"));

        assertThat(process(
                                DURABLE,
                                Map.of("logging.file", "taken/rack.log", "store.dir", "taken", "store.key_file", "k"))
                        .run())
                .isEqualTo(NodeExit.BAD_CONFIG);

        assertThat(err().lines())
                .hasSize(2)
                .allMatch(line -> line.contains("cannot write to " + file + ": a file is in the way"))
                .anyMatch(line -> line.contains("error: logging.file: "))
                .anyMatch(line -> line.contains("error: store.dir: "));
        assertThat(folder.resolve("rack.lock")).doesNotExist();
    }

    @Test
    void shouldTakeALogFileThatIsAFolderForAFaultOfItsKey() throws Exception {
        Files.createDirectory(folder.resolve("logs"));

        assertThat(process(SCENARIO, Map.of("logging.file", "logs")).run()).isEqualTo(NodeExit.BAD_CONFIG);

        assertThat(err()).startsWith("on the command line: error: logging.file: cannot write to ");
    }

    @Test
    void shouldFailWithTheGearAndItsLine() throws Exception {
        assertThat(process(SCENARIO.replace("bind: \"127.0.0.1:0\"", "fail_start: true"), Map.of())
                        .run())
                .isEqualTo(NodeExit.FAILED);
        assertThat(err()).contains("fluxrig: gear 'door' (io_recorded) cannot start: the address is taken");
        assertThat(out.size()).isZero();
    }

    @Test
    void shouldSayInOneLineThatTheKeyIsNoKey() throws Exception {
        Path key = folder.resolve("journal.key");
        Files.write(key, new byte[5]);
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
        assertThat(process(DURABLE, Map.of()).run()).isEqualTo(NodeExit.FAILED);
        assertThat(err().lines().filter(line -> line.startsWith("fluxrig:")))
                .singleElement()
                .asString()
                .startsWith("fluxrig: key file " + key + " length=5 bytes, must be 32");
    }
}
