package io.fluxrig.cli.mixer;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.fluxrig.cli.Cli;
import io.fluxrig.cli.console.ExitCode;
import io.fluxrig.engine.passport.OwnFile;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The tokens that commands show, of a file that holds several. */
class ApiOptionsTest {
    private static final String ONE = "1".repeat(32);
    private static final String TWO = "2".repeat(32);

    @TempDir
    Path folder;

    private final List<String> shown = new CopyOnWriteArrayList<>();
    private final Cli cli = new Cli();
    private HttpServer mixer;

    @BeforeEach
    void start() throws IOException {
        mixer = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        mixer.createContext("/", exchange -> {
            shown.add(exchange.getRequestHeaders().getFirst("Authorization"));
            byte[] answer = "{\"racks\":[],\"wires\":[]}".getBytes(StandardCharsets.US_ASCII);
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        mixer.start();
        cli.with("FLUXRIG_API_URL", "http://127.0.0.1:" + mixer.getAddress().getPort());
    }

    @AfterEach
    void stop() {
        mixer.stop(0);
    }

    private int ask(String tokens) throws Exception {
        Path file = folder.resolve("api.token");
        OwnFile.write(file, tokens.getBytes(StandardCharsets.UTF_8));
        return cli.run("topology", "--token-file", file.toString());
    }

    @Test
    void shouldShowTheFirstTokenThatMayDoAll() throws Exception {
        assertThat(ask("# ours\ngrafana " + ONE + " read\nana " + TWO + "\n"))
                .as(cli.err())
                .isZero();
        assertThat(ask("grafana " + ONE + " read\n")).as(cli.err()).isZero();
        assertThat(ask(TWO + "\n")).as(cli.err()).isZero();

        assertThat(shown).containsExactly("Bearer " + TWO, "Bearer " + ONE, "Bearer " + TWO);
    }

    @Test
    void shouldShowNoneOfAFileThatIsWrong() throws Exception {
        assertThat(ask("ana " + ONE + "\nben abc\n")).isEqualTo(ExitCode.FAILED);

        assertThat(cli.err()).contains("api.token line 2 has a token that is too short: length=3 min=32");
        assertThat(shown).isEmpty();
    }

    @Test
    void shouldAskThisMachinesMixerUnlessAnotherIsNamed() {
        Cli here = new Cli()
                .with("FLUXRIG_API_BIND", "127.0.0.1:" + mixer.getAddress().getPort())
                .with("FLUXRIG_API_TOKEN", ONE);
        assertThat(here.run("topology")).as(here.err()).isZero();
        assertThat(shown).containsExactly("Bearer " + ONE);

        assertThat(here.run("topology", "--api", "http://127.0.0.1:1")).isEqualTo(ExitCode.FAILED);
        here.with("FLUXRIG_API_URL", "http://127.0.0.1:1");
        assertThat(here.run("topology")).isEqualTo(ExitCode.FAILED);
        assertThat(shown).hasSize(1);
    }
}
