package io.fluxrig.bench.fleet;

import io.fluxrig.bench.rack.Contestant;
import io.fluxrig.bench.rack.RackFigures;
import io.fluxrig.engine.net.FreePort;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A mixer process with a nats-server of its own, which lets in whoever says hello; its files in a folder that the caller removes. */
final class MixerUnderTest implements AutoCloseable {
    private static final int OK_MAX = 299;
    private static final long JCMD_S = 60;

    private final HttpClient http = HttpClient.newHttpClient();
    private final Path data;
    private final Contestant process;
    private final int apiPort = FreePort.onLoopback();
    private final int natsPort = FreePort.onLoopback();

    MixerUnderTest(Path folder) throws IOException, InterruptedException {
        data = folder.resolve("data");
        process = Contestant.startCommand(
                "mixer",
                folder,
                List.of("bin/fluxrig", "mixer"),
                Map.of(
                        "FLUXRIG_BASE_DATA_DIR",
                        data.toString(),
                        "FLUXRIG_API_BIND",
                        "127.0.0.1:" + apiPort,
                        "FLUXRIG_SNAKE_BIND",
                        "127.0.0.1:" + natsPort,
                        "FLUXRIG_ENROLLMENT_AUTO_ADOPT",
                        "true",
                        "FLUXRIG_JAVA_OPTS",
                        Contestant.DIE_WITH_PARENT));
        process.awaitPort(apiPort);
        process.awaitPort(natsPort);
    }

    String natsUrl() {
        return "nats://127.0.0.1:" + natsPort;
    }

    /** Its metrics. */
    RackFigures figures() throws IOException, InterruptedException {
        return RackFigures.parse(ask("GET", "/metrics", ""));
    }

    /** CPU time that its nats-server has used, in seconds. */
    double natsCpuSeconds() throws IOException {
        long pid =
                Long.parseLong(Files.readString(data.resolve("nats/nats.pid")).strip());
        return ProcessHandle.of(pid)
                .flatMap(server -> server.info().totalCpuDuration())
                .map(used -> used.toNanos() / 1e9)
                .orElse(Double.NaN);
    }

    /** Collects its garbage. */
    void collect() throws IOException, InterruptedException {
        String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        Process collecting = new ProcessBuilder(jcmd, Long.toString(process.pid()), "GC.run")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        if (!collecting.waitFor(JCMD_S, TimeUnit.SECONDS) || collecting.exitValue() != 0) {
            throw new IOException("jcmd could not have the mixer collect garbage; is it still alive?");
        }
    }

    /** Asks its API. */
    String ask(String method, String path, String body) throws IOException, InterruptedException {
        String token = Files.readString(data.resolve("authority/api.token")).strip();
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + apiPort + path))
                .header("Authorization", "Bearer " + token)
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (!body.isEmpty()) {
            request.header("Content-Type", "application/json");
        }
        HttpResponse<String> answer = http.send(request.build(), BodyHandlers.ofString());
        if (answer.statusCode() > OK_MAX) {
            throw new IOException(method + " " + path + " is answered " + answer.statusCode() + ": " + answer.body());
        }
        return answer.body();
    }

    @Override
    public void close() {
        process.close();
    }
}
