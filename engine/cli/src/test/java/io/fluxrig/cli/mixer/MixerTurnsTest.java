package io.fluxrig.cli.mixer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.fluxrig.cli.console.Console;
import io.fluxrig.cli.console.Interrupts;
import io.fluxrig.cli.console.Terminal;
import io.fluxrig.cli.console.Time;
import io.fluxrig.perf.clock.VirtualClock;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How long mixers are asked that all stand by. */
class MixerTurnsTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final Console CONSOLE = new Console(
            InputStream.nullInputStream(),
            System.out,
            System.err,
            Map.of(),
            new Terminal(false, false, 80),
            new Interrupts());

    private final VirtualClock clock = new VirtualClock();
    private final Time time =
            new Time(clock, ms -> clock.advance(Duration.ofMillis(ms).toNanos()));
    private final AtomicInteger turns = new AtomicInteger();
    private Duration thinks = Duration.ZERO;
    private HttpServer standby;

    @BeforeEach
    void start() throws IOException {
        standby = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        standby.createContext("/", exchange -> {
            turns.incrementAndGet();
            clock.advance(thinks.toNanos());
            byte[] nobody = "{\"detail\":\"nobody leads\"}".getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Retry-After", "1");
            exchange.sendResponseHeaders(503, nobody.length);
            exchange.getResponseBody().write(nobody);
            exchange.close();
        });
        standby.start();
    }

    @AfterEach
    void stop() {
        standby.stop(0);
    }

    private void ask() throws NoSuchAlgorithmException {
        MixerAddresses url =
                new MixerAddresses("http://127.0.0.1:" + standby.getAddress().getPort());
        MixerClient client = new MixerClient(CONSOLE, url, "token", SSLContext.getDefault(), TIMEOUT, time);

        assertThatThrownBy(() -> client.get("api/v1/racks"))
                .isInstanceOf(MixerAway.class)
                .hasMessage("nobody leads");
    }

    @Test
    void shouldAskAgainUntilOneMayHaveTakenOver() throws Exception {
        ask();

        assertThat(turns).as("the first, and 30 more, 500 ms apart").hasValue(31);
        assertThat(clock.nanoTime()).isEqualTo(Duration.ofSeconds(15).toNanos());
    }

    /** Each answer had the whole time for itself: a command could take many minutes. */
    @Test
    void shouldNotAskOnceTheTimeForTheAnswerIsOver() throws Exception {
        thinks = Duration.ofSeconds(8);

        ask();

        assertThat(turns).as("at 0, 8.5, 17 and 25.5 s").hasValue(4);
    }

    @Test
    void shouldHaveTimeToTryEachAddress() {
        assertThat(MixerClient.connectTimeout(TIMEOUT, 1)).isEqualTo(Duration.ofSeconds(10));
        assertThat(MixerClient.connectTimeout(TIMEOUT, 3)).isEqualTo(Duration.ofSeconds(10));
        assertThat(MixerClient.connectTimeout(TIMEOUT, 4)).isEqualTo(Duration.ofMillis(7_500));
    }
}
