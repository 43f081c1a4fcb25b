package io.fluxrig.engine.rack.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.fluxrig.engine.rack.RecordingGears;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.io.TempDir;

/** A rack as a process of its own would be, run inside a test, with what it prints. */
abstract class RackProcessRunning {
    private static final Pattern STATUS_URL = Pattern.compile("status on (http://127\\.0\\.0\\.1:\\d+)");

    static final String SCENARIO = """
        meta: { name: small, version: 2.0.0 }
        gears:
          - { name: door, type: io_recorded, config: { bind: "127.0.0.1:0" } }
          - { name: busy, type: recorded }
        wires:
          - { from: door.out, to: busy.in }
          - { from: busy.out, to: door.in }
        """;

    static final String DURABLE = SCENARIO.replace("to: busy.in }", "to: busy.in, lane: durable, sync: group }");

    final RecordingGears gears = new RecordingGears();
    final ByteArrayOutputStream out = new ByteArrayOutputStream();
    final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @TempDir
    Path folder;

    final RackProcess process(String scenario, Map<String, String> more) throws Exception {
        Path file = folder.resolve("s.yaml");
        Files.writeString(file, scenario);
        Map<String, String> flags = new HashMap<>(Map.of(
                "telemetry.bind", "127.0.0.1:0",
                "rack.strips", "2",
                "base.data_dir", folder.toString(),
                "logging.console", "off"));
        flags.putAll(more);
        return new RackProcess(new RackOptions(
                file, null, flags, Map.of(), gears.catalog(), new PrintStream(out, true), new PrintStream(err, true)));
    }

    final String err() {
        return err.toString(StandardCharsets.UTF_8);
    }

    final String awaitStatusUrl() {
        Awaitility.await().atMost(20, TimeUnit.SECONDS).until(() -> out.size() > 0);
        Matcher match = STATUS_URL.matcher(out.toString(StandardCharsets.UTF_8));
        assertThat(match.find()).isTrue();
        return match.group(1);
    }

    static HttpResponse<String> send(String method, String url, String body) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url))
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                .build();
        return HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
    }
}
