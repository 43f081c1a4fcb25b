package io.fluxrig.transport.bus;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A bus that gets no connection, and what it knows of why. */
class ControlBusTest {
    private static final byte[] SPEAKS_NO_TLS =
            "INFO {\"server_id\":\"one\",\"version\":\"2.9.10\",\"max_payload\":1048576}\r\n"
                    .getBytes(StandardCharsets.US_ASCII);

    private final AtomicInteger connections = new AtomicInteger();
    /** Connections that the server is too busy for. */
    private volatile int hangsUpOn;

    private ServerSocket server;

    @BeforeEach
    void listen() throws IOException {
        server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread serving = new Thread(this::serve, "server-of-a-test");
        serving.setDaemon(true);
        serving.start();
    }

    @AfterEach
    void close() throws IOException {
        server.close();
    }

    private void serve() {
        while (!server.isClosed()) {
            try (Socket client = server.accept()) {
                if (connections.incrementAndGet() > hangsUpOn) {
                    client.getOutputStream().write(SPEAKS_NO_TLS);
                    client.getOutputStream().flush();
                }
            } catch (SocketException closed) {
                return;
            } catch (IOException gone) {
                throw new IllegalStateException(gone);
            }
        }
    }

    /** It looked after its first try, and then after sixty more. */
    @Test
    void shouldSayWhyThereIsNoTlsAlsoWhereTheFirstTriesDidNotTell() {
        hangsUpOn = 5;
        BusSettings settings = new BusSettings(
                List.of("tls://127.0.0.1:" + server.getLocalPort()),
                "test",
                "_INBOX",
                null,
                null,
                new TlsFiles(null, null, null),
                false);
        try (ControlBus bus = new ControlBus(settings)) {
            bus.start();
            Awaitility.await()
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> !bus.trouble().isEmpty() || connections.get() > 40);
            assertThat(bus.trouble()).contains("speaks no TLS");
        }
    }
}
