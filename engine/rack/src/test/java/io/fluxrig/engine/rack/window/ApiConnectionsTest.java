package io.fluxrig.engine.rack.window;

import static org.assertj.core.api.Assertions.assertThat;

import io.fluxrig.engine.metrics.RackMetrics;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ApiConnectionsTest {
    private static final long SHORT_MS = 200;
    private static final long LONG_MS = 600_000;

    private final Vertx vertx = Vertx.vertx();
    private final RackMetrics metrics = new RackMetrics();

    @AfterEach
    void close() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
    }

    private Socket connect(long firstMs, long nextMs) throws Exception {
        ApiConnections connections = new ApiConnections(vertx, metrics, firstMs, nextMs, LONG_MS);
        HttpServer server = vertx.createHttpServer(
                        new HttpServerOptions().setHttp2ClearTextEnabled(false)) // as the rack's
                .connectionHandler(connections::admit)
                .requestHandler(request -> {
                    connections.asked(request.connection());
                    request.response().endHandler(ended -> connections.answered(request.connection()));
                    request.response().end();
                });
        int port = server.listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .get(20, TimeUnit.SECONDS)
                .actualPort();
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(20_000);
        return socket;
    }

    private long slow() {
        return (long) metrics.snapshot()
                .of("http_connections_closed_total", "reason", "slow")
                .mapToDouble(sample -> sample.value())
                .sum();
    }

    private static void ask(Socket socket) throws IOException {
        socket.getOutputStream().write("GET / HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        assertThat(socket.getInputStream().read(new byte[1_000])).isPositive();
    }

    @Test
    void shouldCloseWhoTricklesItsFirstRequest() throws Exception {
        try (Socket socket = connect(SHORT_MS, LONG_MS)) {
            OutputStream out = socket.getOutputStream();

            Awaitility.await()
                    .atMost(Duration.ofSeconds(20))
                    .pollInterval(Duration.ofMillis(20))
                    .ignoreException(IOException.class)
                    .until(() -> {
                        if (slow() == 1) {
                            return true;
                        }
                        out.write('G');
                        return false;
                    });
        }
    }

    @Test
    void shouldCloseWhoIsSilentAfterAnAnswer() throws Exception {
        try (Socket socket = connect(LONG_MS, SHORT_MS)) {
            ask(socket);

            assertThat(socket.getInputStream().read()).isNegative();
            assertThat(slow()).isEqualTo(1);
        }
    }

    @Test
    void shouldLetAConnectionAskAgainAndAgain() throws Exception {
        try (Socket socket = connect(LONG_MS, LONG_MS)) {
            for (int i = 0; i < 3; i++) {
                ask(socket);
            }
        }
        Awaitility.await().until(() -> metrics.snapshot().sum("http_connections") == 0);
        assertThat(slow()).isZero();
    }
}
