package io.fluxrig.engine.agent;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.fluxrig.engine.gears.LogLines;
import io.fluxrig.transport.bus.BusSettings;
import io.fluxrig.transport.bus.ControlBus;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a rack's or a mixer's log says of its connection to NATS: a server of a few lines, which hangs up. */
@Timeout(60)
class ConnectionLinesTest {
    private static final String INFO =
            "INFO {\"server_id\":\"A\",\"server_name\":\"one\",\"version\":\"2.9.0\",\"headers\":true,\"max_payload\":1048576}\r\n";

    private ServerSocket server;
    private volatile Socket client;
    private Thread serving;

    @BeforeEach
    void listen() throws IOException {
        server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        serving = new Thread(this::serve);
        serving.setDaemon(true);
        serving.start();
    }

    @AfterEach
    void close() throws Exception {
        server.close();
        hangUp();
        serving.join(10_000);
    }

    private void serve() {
        while (!server.isClosed()) {
            try (Socket accepted = server.accept()) {
                client = accepted;
                accepted.getOutputStream().write(INFO.getBytes(US_ASCII));
                BufferedReader lines = new BufferedReader(new InputStreamReader(accepted.getInputStream(), US_ASCII));
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    if (line.equals("PING")) {
                        accepted.getOutputStream().write("PONG\r\n".getBytes(US_ASCII));
                    }
                }
            } catch (IOException hungUp) {
                // the next one, if there is one
            }
        }
    }

    private void hangUp() throws IOException {
        if (client != null) {
            client.close();
        }
    }

    @Test
    void shouldSayOnceThatItIsLostAndOnceThatThereIsOneAgain() throws IOException {
        String url = "nats://user:secret@127.0.0.1:" + server.getLocalPort();
        try (LogLines log = new LogLines(ControlBus.class.getName());
                ControlBus bus = new ControlBus(
                        new BusSettings(List.of(url), "test", "_INBOX", null, null, null, true), "it means this")) {
            bus.start();
            Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> bus.connections() == 1);
            hangUp();
            Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> bus.connections() == 2);

            assertThat(log.said())
                    .containsExactly(
                            "connected to NATS one",
                            "the connection to NATS is lost, tried again until there is one: it means this",
                            "connected to NATS again");
        }
    }

    @Test
    void shouldNameTheServerThatCannotBeReachedWithoutItsPassword() throws IOException {
        int port = server.getLocalPort();
        server.close();
        try (LogLines log = new LogLines(ControlBus.class.getName());
                ControlBus bus = new ControlBus(new BusSettings(
                        List.of("nats://user:secret@127.0.0.1:" + port), "test", "_INBOX", null, null, null, true))) {
            bus.start();
            Awaitility.await()
                    .atMost(Duration.ofSeconds(20))
                    .until(() -> !log.said().isEmpty());

            assertThat(log.said().get(0))
                    .startsWith("NATS cannot be reached at nats://127.0.0.1:" + port)
                    .endsWith("; tried again until it can")
                    .doesNotContain("secret");
        }
    }
}
