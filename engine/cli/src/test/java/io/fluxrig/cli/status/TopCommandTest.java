package io.fluxrig.cli.status;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.fluxrig.cli.Cli;
import io.fluxrig.cli.console.ExitCode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What {@code top} says of whatever answers at an address. */
class TopCommandTest {
    private final Cli cli = new Cli();
    private HttpServer there;
    private String place;

    @BeforeEach
    void listen() throws IOException {
        there = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        there.start();
        place = "127.0.0.1:" + there.getAddress().getPort();
    }

    @AfterEach
    void end() {
        there.stop(0);
    }

    private void answers(String path, int status, String body) {
        there.createContext(path, exchange -> {
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
    }

    @Test
    void shouldSayThatAMixerIsNoRack() {
        answers("/status", 401, "{\"detail\":\"send a token\"}");
        answers("/openapi.json", 200, "{\"info\":{\"title\":\"fluxrig mixer\"}}");

        assertThat(cli.run("top", place)).isEqualTo(ExitCode.FAILED);

        assertThat(cli.err())
                .contains("a mixer answers at http://" + place, "'fluxrig topology --api http://" + place + "'")
                .doesNotContain("fluxrig run");
    }

    @Test
    void shouldSayWhereToLookForARackThatShowsNothing() {
        answers("/status", 404, "<html>");

        assertThat(cli.run("top", place)).isEqualTo(ExitCode.FAILED);

        assertThat(cli.err()).contains("no rack answers at http://" + place, "held", "fluxrig admin racks list");
    }

    @Test
    void shouldShowThePortWhereThereIsNoRoomForTheName() {
        answers(
                "/status",
                200,
                "{\"rack\":\"east\",\"state\":\"running\",\"uptime_seconds\":4000,"
                        + "\"scenario\":{\"name\":\"a-payment-switch-with-a-long-name\",\"version\":\"1.10.0\"}}");

        assertThat(cli.with("COLUMNS", "80").run("top", place, "--once")).isZero();

        assertThat(cli.out().lines().findFirst().orElseThrow())
                .startsWith("fluxrig top  " + place + "  east a-payment")
                .endsWith("…  running, up 1 h 6 min")
                .hasSizeLessThan(80);
    }
}
