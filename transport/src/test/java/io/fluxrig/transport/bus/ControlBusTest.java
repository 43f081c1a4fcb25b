package io.fluxrig.transport.bus;

import static org.assertj.core.api.Assertions.assertThat;

import io.nats.client.Connection;
import io.nats.client.Dispatcher;
import io.nats.client.api.ServerInfo;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
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

    /** Its end came between the connecting and the use: no event told it any more. */
    @Test
    void shouldKnowThatItsClientHadGivenUpBefore() {
        BusSettings settings =
                new BusSettings(List.of("nats://127.0.0.1:1"), "test", "_INBOX", null, null, null, false);
        try (ControlBus bus = new ControlBus(settings)) {
            bus.begin(closed(Connection.class));
            assertThat(bus.refused()).isTrue();
        }
    }

    /** Whoever flooded one subject kept what came on all others waiting. */
    @Test
    void shouldListenApartWithADispatcherOfItsOwnAlsoOverTheNextConnection() {
        BusSettings settings =
                new BusSettings(List.of("nats://127.0.0.1:1"), "test", "_INBOX", null, null, null, false);
        try (ControlBus bus = new ControlBus(settings)) {
            bus.listen("a", (subject, replyTo, body) -> {});
            bus.listenApart("b", (subject, replyTo, body) -> {});
            List<List<String>> first = new ArrayList<>();
            bus.begin(connection(first));
            bus.listenApart("c", (subject, replyTo, body) -> {});
            bus.listen("d", (subject, replyTo, body) -> {});
            assertThat(first).containsExactlyInAnyOrder(List.of("a", "d"), List.of("b"), List.of("c"));

            List<List<String>> next = new ArrayList<>();
            bus.begin(connection(next));
            assertThat(next).containsExactlyInAnyOrder(List.of("a", "d"), List.of("b"), List.of("c"));
        }
    }

    /** @param subjects is told what is listened to, by dispatcher */
    private static Connection connection(List<List<String>> subjects) {
        return (Connection) Proxy.newProxyInstance(
                Connection.class.getClassLoader(), new Class<?>[] {Connection.class}, (self, method, arguments) -> {
                    if (method.getReturnType() == ServerInfo.class) {
                        return new ServerInfo("{\"server_name\":\"one\"}");
                    }
                    if (method.getReturnType() == Dispatcher.class) {
                        List<String> on = new ArrayList<>();
                        subjects.add(on);
                        return dispatcher(on);
                    }
                    return method.getReturnType() == Connection.Status.class ? Connection.Status.CONNECTED : null;
                });
    }

    private static Dispatcher dispatcher(List<String> subjects) {
        return (Dispatcher) Proxy.newProxyInstance(
                Dispatcher.class.getClassLoader(), new Class<?>[] {Dispatcher.class}, (self, method, arguments) -> {
                    if (method.getName().equals("subscribe")) {
                        subjects.add((String) arguments[0]);
                    }
                    return method.getReturnType() == long.class ? 0L : null;
                });
    }

    private static <T> T closed(Class<T> type) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (self, method, arguments) -> {
                    if (method.getReturnType() == ServerInfo.class) {
                        return new ServerInfo("{\"server_name\":\"one\"}");
                    }
                    if (method.getReturnType() == Dispatcher.class) {
                        return closed(Dispatcher.class);
                    }
                    return method.getReturnType() == Connection.Status.class ? Connection.Status.CLOSED : null;
                }));
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
