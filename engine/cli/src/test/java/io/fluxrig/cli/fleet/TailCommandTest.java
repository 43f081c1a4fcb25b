package io.fluxrig.cli.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.fluxrig.cli.Cli;
import io.fluxrig.cli.ExitCode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TailCommandTest {
    private final Map<String, String> answers = new HashMap<>();
    private final Cli cli = new Cli();
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
        cli.with("FLUXRIG_API_URL", "http://127.0.0.1:" + server.getAddress().getPort());
        cli.with("FLUXRIG_API_TOKEN", "secret");
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        String what = exchange.getRequestMethod() + " " + exchange.getRequestURI();
        byte[] answer = answers.getOrDefault(what, "{\"detail\":\"there is no " + what + "\"}")
                .getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(answers.containsKey(what) ? 200 : 404, answer.length);
        exchange.getResponseBody().write(answer);
        exchange.close();
    }

    @Test
    void shouldTellWhatHappensUntilTheMixerEndsItAndSayWhy() {
        answers.put("GET /api/v1/audit?limit=1", "{\"items\":[]}");
        String lines = """
            {"at":"2026-11-27T00:00:00Z","kind":"state","rack":"east","text":"running pay 1.0.0"}

            {"at":"2026-11-27T00:00:01Z","kind":"audit","text":"api: scenario.import pay 1.0.0"}
            {"kind":"end","text":"cut off: read faster"}
            """;
        answers.put("GET /api/v1/tail?last=10", lines);
        answers.put("GET /api/v1/tail?last=2&rack=east", lines);

        assertThat(cli.run("tail")).isEqualTo(ExitCode.FAILED);
        assertThat(cli.out()).isEqualTo("""
            2026-11-27T00:00:00Z  state  east  running pay 1.0.0
            2026-11-27T00:00:01Z  audit  api: scenario.import pay 1.0.0
            """);
        assertThat(cli.err()).contains("tail ends: cut off: read faster");
        assertThat(cli.run("tail", "--rack", "east", "--last", "2", "--json")).isEqualTo(ExitCode.FAILED);
        assertThat(cli.out().lines()).hasSize(2).allMatch(line -> line.startsWith("{\"at\":"));
    }

    @Test
    void shouldSayWhyNothingIsTold() {
        answers.put("GET /api/v1/audit?limit=1", "{\"items\":[]}");

        assertThat(cli.run("tail")).isEqualTo(ExitCode.FAILED);
        assertThat(cli.err()).contains("there is no GET /api/v1/tail");
    }
}
