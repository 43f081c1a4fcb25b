package io.fluxrig.engine.rack.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.fluxrig.engine.net.FreePort;
import io.fluxrig.engine.rack.node.NodeExit;
import io.fluxrig.engine.scenario.GearCatalog;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A rack made of the built-in gears, from a YAML file, spoken to over a socket. */
class RackOverSocketsTest {

    private static final String SCENARIO = """
            meta: { name: echo }
            gears:
              - name: door
                type: io_iso8583
                config: { mode: server, bind: "127.0.0.1:${PORT}" }
              - { name: decode, type: codec_iso8583, config: { spec_path: "moov:spec87ascii", direction: decode } }
              - name: answer
                type: responder
                config:
                  spec_path: "moov:spec87ascii"
                  rules:
                    - { name: echo, when: "mti == '0800'", set: { 39: "00" } }
              - { name: encode, type: codec_iso8583, config: { spec_path: "moov:spec87ascii", direction: encode } }
            wires:
              - { from: door.out, to: decode.in }
              - { from: decode.out, to: answer.in }
              - { from: answer.out, to: encode.in }
              - { from: encode.out, to: door.in }
            """;

    @TempDir
    private Path folder;

    @Test
    void shouldAnswerAnEchoFromEveryConnectionAndDrain() throws Exception {
        int port = FreePort.onLoopback();
        Files.writeString(folder.resolve("s.yaml"), SCENARIO);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        RackProcess process = new RackProcess(new RackOptions(
                folder.resolve("s.yaml"),
                null,
                Map.of(
                        "telemetry.enabled", "false",
                        "rack.strips", "2",
                        "base.data_dir", folder.toString(),
                        "logging.console", "off"),
                Map.of("PORT", Integer.toString(port)),
                GearCatalog.installed(),
                new PrintStream(out, true),
                new PrintStream(err, true)));
        CompletableFuture<Integer> exit = CompletableFuture.supplyAsync(process::run);
        Awaitility.await().atMost(30, TimeUnit.SECONDS).until(() -> out.size() > 0 || exit.isDone());
        assertThat(out.toString(StandardCharsets.UTF_8))
                .as(err.toString(StandardCharsets.UTF_8))
                .contains("door listens on 127.0.0.1:" + port);
        for (int connection = 0; connection < 20; connection++) {
            assertThat(ask(port, "0800822000000000000004000000000000001123104200%06d301".formatted(connection)))
                    .isEqualTo("08108220000002000000040000000000000011231042%08d00301".formatted(connection));
        }
        process.stop();
        assertThat(exit.get(30, TimeUnit.SECONDS)).isZero();
    }

    /** A host that has seen a rack come and go looks for a fault where there is none. */
    @Test
    void shouldDialNobodyWhereItsPortIsTaken() throws Exception {
        try (ServerSocket terminals = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                ServerSocketChannel host = ServerSocketChannel.open()) {
            host.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            host.configureBlocking(false);
            String dials = "  - { name: host, type: io_iso8583, config: { mode: client, connect: \"127.0.0.1:"
                    + host.socket().getLocalPort() + "\" } }\nwires:\n";
            Files.writeString(folder.resolve("s.yaml"), SCENARIO.replace("wires:\n", dials));
            ByteArrayOutputStream err = new ByteArrayOutputStream();
            RackProcess process = new RackProcess(new RackOptions(
                    folder.resolve("s.yaml"),
                    null,
                    Map.of("telemetry.enabled", "false", "logging.file", "", "logging.console", "off"),
                    Map.of("PORT", Integer.toString(terminals.getLocalPort())),
                    GearCatalog.installed(),
                    new PrintStream(new ByteArrayOutputStream(), true),
                    new PrintStream(err, true)));

            assertThat(process.run()).isEqualTo(NodeExit.FAILED);

            assertThat(host.accept()).as("connection to the host").isNull();
            assertThat(err.toString(StandardCharsets.UTF_8).lines().filter(line -> line.startsWith("fluxrig:")))
                    .singleElement()
                    .asString()
                    .contains("cannot listen on 127.0.0.1:" + terminals.getLocalPort() + ": address already in use");
        }
    }

    private static String ask(int port, String message) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(10_000);
            DataOutputStream request = new DataOutputStream(socket.getOutputStream());
            byte[] bytes = message.getBytes(StandardCharsets.US_ASCII);
            request.writeShort(bytes.length);
            request.write(bytes);
            DataInputStream answer = new DataInputStream(socket.getInputStream());
            return new String(answer.readNBytes(answer.readUnsignedShort()), StandardCharsets.US_ASCII);
        }
    }
}
