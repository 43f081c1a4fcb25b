package io.fluxrig.cli.status;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Against a stand-in for a rack's status pages. */
class RackWatchTest {
    private volatile int code = 200;
    private HttpServer rack;

    @BeforeEach
    void start() throws IOException {
        rack = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        rack.createContext("/", exchange -> {
            byte[] body = "{ \"rack\": \"east\", \"state\": \"running\" }".getBytes(UTF_8);
            exchange.sendResponseHeaders(code, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        rack.start();
    }

    @AfterEach
    void stop() {
        rack.stop(0);
    }

    private RackClient client() {
        return new RackClient("127.0.0.1:" + rack.getAddress().getPort());
    }

    @Test
    void shouldKeepWhatTheRackSaidLastUntilItIsSilent() {
        try (RackWatch watch = new RackWatch(client())) {
            await(() -> watch.latest() != null);
            assertThat(watch.latest().state()).isEqualTo("running");
            rack.stop(0);
            await(() -> watch.latest() == null);
        }
    }

    @Test
    void shouldRefuseAStatusThatIsNone() throws Exception {
        assertThat(client().status().state()).isEqualTo("running");
        code = 404;
        assertThatThrownBy(() -> client().status())
                .isInstanceOf(IOException.class)
                .hasMessageEndingWith("/status answers 404");
        rack.stop(0);
        assertThatThrownBy(() -> client().status()).isInstanceOf(IOException.class);
    }

    private static void await(Callable<Boolean> condition) {
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(condition);
    }
}
