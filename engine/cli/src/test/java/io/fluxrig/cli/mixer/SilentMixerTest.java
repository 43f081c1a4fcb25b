package io.fluxrig.cli.mixer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.fluxrig.cli.console.Console;
import io.fluxrig.cli.console.Interrupts;
import io.fluxrig.cli.console.Terminal;
import io.fluxrig.cli.console.Time;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A mixer whose machine vanishes while it tells: nothing ends its connection. */
class SilentMixerTest {
    private static final Duration SILENCE = Duration.ofMillis(300);

    private static final Console CONSOLE = new Console(
            InputStream.nullInputStream(),
            System.out,
            System.err,
            Map.of(),
            new Terminal(false, false, 80),
            new Interrupts());

    private final List<String> told = new ArrayList<>();
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/api/v1/audit", exchange -> {
            exchange.sendResponseHeaders(200, 2);
            exchange.getResponseBody().write("{}".getBytes(StandardCharsets.UTF_8));
            exchange.close();
        });
        server.createContext("/api/v1/tail", SilentMixerTest::begin);
        server.createContext("/api/v1/racks", SilentMixerTest::begin);
        server.start();
    }

    /** And never closes it. */
    private static void begin(HttpExchange exchange) throws IOException {
        exchange.sendResponseHeaders(200, 0);
        OutputStream to = exchange.getResponseBody();
        to.write("{\"text\":\"a\"}\n\n".getBytes(StandardCharsets.UTF_8));
        to.flush();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    /** The command hung until somebody ended it. */
    @Test
    @Timeout(value = 60, unit = TimeUnit.SECONDS)
    void shouldNotWaitForEverForTheRestOfAnAnswer() throws NoSuchAlgorithmException {
        MixerClient client = new MixerClient(
                CONSOLE,
                new MixerAddresses("http://127.0.0.1:" + server.getAddress().getPort()),
                "token",
                SSLContext.getDefault(),
                SILENCE,
                Time.real());

        assertThatThrownBy(() -> client.get("api/v1/racks"))
                .isInstanceOf(MixerAway.class)
                .hasMessageContaining("(it says nothing any more)");
    }

    @Test
    @Timeout(value = 60, unit = TimeUnit.SECONDS)
    void shouldMissTheEmptyLinesOfAMixerThatTellsNothingMore() throws NoSuchAlgorithmException {
        MixerClient client = new MixerClient(
                CONSOLE,
                new MixerAddresses("http://127.0.0.1:" + server.getAddress().getPort()),
                "token",
                SSLContext.getDefault());

        assertThatThrownBy(() -> client.follow("api/v1/tail", SILENCE, where -> {}, line -> told.add(line.toString())))
                .isInstanceOf(MixerAway.class)
                .hasMessageContaining("is gone (it says nothing any more)");
        assertThat(told).as("the second one is empty").containsExactly("{\"text\":\"a\"}", "");
    }
}
