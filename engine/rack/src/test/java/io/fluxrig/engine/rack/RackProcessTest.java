package io.fluxrig.engine.rack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.channel.epoll.Epoll;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RackProcessTest {
    private static final Pattern STATUS_URL = Pattern.compile("status on (http://127\\.0\\.0\\.1:\\d+)");

    private static final String SCENARIO = """
        meta: { name: small, version: 2.0.0 }
        gears:
          - { name: door, type: io_recorded, config: { bind: "127.0.0.1:0" } }
          - { name: busy, type: recorded }
        wires:
          - { from: door.out, to: busy.in }
          - { from: busy.out, to: door.in }
        """;

    private static final String DURABLE =
            SCENARIO.replace("to: busy.in }", "to: busy.in, lane: durable, sync: group }");

    private final RecordingGears gears = new RecordingGears();
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @TempDir
    private Path folder;

    private RackProcess process(String scenario, Map<String, String> more) throws Exception {
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

    private String err() {
        return err.toString(StandardCharsets.UTF_8);
    }

    private String awaitStatusUrl() {
        Awaitility.await().atMost(20, TimeUnit.SECONDS).until(() -> out.size() > 0);
        Matcher match = STATUS_URL.matcher(out.toString(StandardCharsets.UTF_8));
        assertThat(match.find()).isTrue();
        return match.group(1);
    }

    private static HttpResponse<String> send(String method, String url, String body)
            throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url))
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                .build();
        return HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
    }

    @Test
    void shouldServeAndStopWithStripsThatNeverSleep() throws Exception {
        Assumptions.assumeTrue(Epoll.isAvailable());
        RackProcess process = process(SCENARIO, Map.of("rack.busy_wait", "true", "rack.strips", "1"));
        CompletableFuture<Integer> exit = CompletableFuture.supplyAsync(process::run);
        String url = awaitStatusUrl();

        assertThat(out.toString(StandardCharsets.UTF_8)).contains("(1 strip, epoll, busy-waiting)");
        assertThat(send("GET", url + "/health", null).statusCode()).isEqualTo(200);
        process.stop();
        assertThat(exit.get(30, TimeUnit.SECONDS)).isZero();
    }

    @Test
    void shouldSleepWhereOnlyNioIsAsked() throws Exception {
        RackProcess process = process(SCENARIO, Map.of("rack.busy_wait", "true", "rack.native_transport", "false"));
        CompletableFuture<Integer> exit = CompletableFuture.supplyAsync(process::run);
        awaitStatusUrl();

        assertThat(out.toString(StandardCharsets.UTF_8)).contains("(2 strips, nio)");
        process.stop();
        assertThat(exit.get(30, TimeUnit.SECONDS)).isZero();
    }

    @Test
    void shouldRunServeAndDrainToExitCodeZero() throws Exception {
        RackProcess process = process(SCENARIO, Map.of());
        CompletableFuture<Integer> exit = CompletableFuture.supplyAsync(process::run);
        String url = awaitStatusUrl();
        assertThat(out.toString(StandardCharsets.UTF_8))
                .startsWith("fluxrig: rack runs small 2.0.0 (2 strips, ")
                .contains("; door listens on 127.0.0.1:0; status on http://127.0.0.1:");

        Awaitility.await()
                .atMost(10, TimeUnit.SECONDS)
                .until(() -> send("GET", url + "/health", null).statusCode() == 200);
        HttpResponse<String> health = send("GET", url + "/health", null);
        assertThat(new JsonObject(health.body()).getString("status")).isEqualTo("up");
        assertThat(health.headers().firstValue("x-content-type-options")).hasValue("nosniff");
        assertThat(health.headers().firstValue("cache-control")).hasValue("no-store");

        HttpResponse<String> metrics = send("GET", url + "/metrics", null);
        assertThat(metrics.headers().firstValue("content-type")).hasValue("text/plain; version=0.0.4; charset=utf-8");
        assertThat(metrics.body())
                .contains("# TYPE fluxrig_gear_failures_total counter", "fluxrig_strip_lag_seconds_bucket{strip=\"1\"");

        JsonObject status = new JsonObject(send("GET", url + "/status", null).body());
        assertThat(status.getJsonObject("scenario").getString("hash")).hasSize(64);
        assertThat(status.getJsonArray("gears")).hasSize(2);

        gears.inFlight.set(1);
        process.stop();
        Awaitility.await()
                .atMost(10, TimeUnit.SECONDS)
                .until(() -> send("GET", url + "/health", null).statusCode() == 503);
        assertThat(new JsonObject(send("GET", url + "/health", null).body()).getString("state"))
                .isEqualTo("draining");
        gears.inFlight.set(0);
        assertThat(exit.get(20, TimeUnit.SECONDS)).isEqualTo(RackProcess.DONE);
        assertThat(gears.running.values())
                .allSatisfy(count -> assertThat(count.get()).isZero());
        assertThat(Files.readString(folder.resolve("logs/rack.log")))
                .contains("rack is running", "asked to stop: draining", "drained: ");
    }

    @Test
    void shouldNameTheDestinationsThatAreDownAndStayInService() throws Exception {
        RackProcess process = process(
                SCENARIO.replace(
                                "name: busy, type: recorded",
                                "name: busy, type: recorded, config: { destination: true }")
                        .replace("busy.out,", "busy.side,"),
                Map.of("rack.strips", "1"));
        CompletableFuture<Integer> exit = CompletableFuture.supplyAsync(process::run);
        String url = awaitStatusUrl();

        HttpResponse<String> answer = send("GET", url + "/health", null);

        JsonObject health = new JsonObject(answer.body());
        assertThat(answer.statusCode()).as("it still declines").isEqualTo(200);
        assertThat(health.getString("status")).isEqualTo("degraded");
        assertThat(health.getString("reason")).isEqualTo("1 of 1 destinations down: out (no link)");
        assertThat(health.getInteger("destinations")).isEqualTo(1);
        assertThat(health.getJsonArray("destinations_down").getJsonObject(0))
                .isEqualTo(new JsonObject("{\"gear\":\"busy\",\"destination\":\"out\",\"because\":\"no link\"}"));
        process.stop();
        assertThat(exit.get(20, TimeUnit.SECONDS)).isZero();
    }

    @Test
    void shouldSayHowLongTheDrainGoesOnWhereItIsAskedAgain() throws Exception {
        RackProcess process = process(SCENARIO, Map.of("rack.drain_timeout", "1h"));
        CompletableFuture<Integer> exit = CompletableFuture.supplyAsync(process::run);
        String url = awaitStatusUrl();
        gears.inFlight.set(1);
        process.stop();
        Awaitility.await()
                .atMost(10, TimeUnit.SECONDS)
                .until(() -> send("GET", url + "/health", null).statusCode() == 503);
        Path log = folder.resolve("logs/rack.log");

        Awaitility.await().atMost(10, TimeUnit.SECONDS).until(() -> {
            process.stop();
            return Files.readString(log).contains("asked to stop again");
        });

        assertThat(Files.readString(log))
                .contains("draining, 1 in flight, for 1h at most (rack.drain_timeout)")
                .containsPattern("asked to stop again: the drain goes on, 1 in flight, for 3[56]\\d\\d s at most");
        assertThat(exit).isNotDone();
        gears.inFlight.set(0);
        assertThat(exit.get(20, TimeUnit.SECONDS)).isEqualTo(RackProcess.DONE);
    }

    @Test
    void shouldRefuseEverythingButBodilessGets() throws Exception {
        RackProcess process = process(SCENARIO, Map.of());
        CompletableFuture<Integer> exit = CompletableFuture.supplyAsync(process::run);
        String url = awaitStatusUrl();
        HttpResponse<String> post = send("POST", url + "/status", "x");
        assertThat(post.statusCode()).isEqualTo(405);
        assertThat(post.headers().firstValue("allow")).hasValue("GET");
        assertThat(post.headers().firstValue("content-type")).hasValue("application/problem+json");
        assertThat(send("GET", url + "/status", "body").statusCode()).isEqualTo(413);
        assertThat(askToTheEnd(url, "GET /status HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\nhalf"))
                .contains("HTTP/1.1 413 ", "connection: close", "a request here has no body");
        HttpResponse<String> missing = send("GET", url + "/nothing", null);
        assertThat(missing.statusCode()).isEqualTo(404);
        assertThat(new JsonObject(missing.body()).getString("detail"))
                .startsWith("this is a rack, and has /metrics, /health and /status;")
                .contains("FLUXRIG_API_URL");
        assertThat(send("GET", url + "/" + "x".repeat(5000), null).statusCode()).isEqualTo(414);
        process.stop();
        assertThat(exit.get(20, TimeUnit.SECONDS)).isZero();
    }

    /** All that comes until the rack closes the connection. */
    private static String askToTheEnd(String url, String request) throws IOException {
        URI to = URI.create(url);
        try (Socket socket = new Socket(to.getHost(), to.getPort())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        }
    }

    /** Twenty thousand pages of metrics that nobody reads would stand in the memory that the strips live on. */
    @Test
    void shouldCloseWhoAsksOnAndDoesNotRead() throws Exception {
        RackProcess process = process(SCENARIO, Map.of());
        CompletableFuture<Integer> exit = CompletableFuture.supplyAsync(process::run);
        URI url = URI.create(awaitStatusUrl());
        byte[] requests =
                "GET /metrics HTTP/1.1\r\nHost: x\r\n\r\n".repeat(1_000).getBytes(StandardCharsets.US_ASCII);
        try (Socket socket = new Socket()) {
            socket.setReceiveBufferSize(4_096);
            socket.connect(new InetSocketAddress(url.getHost(), url.getPort()));
            assertThatThrownBy(() -> {
                        for (int round = 0; round < 20; round++) {
                            socket.getOutputStream().write(requests);
                        }
                        socket.setSoTimeout(10_000);
                        while (socket.getInputStream().read(new byte[65_536]) >= 0) {
                            continue;
                        }
                        throw new SocketException("closed");
                    })
                    .isInstanceOf(SocketException.class);
        }
        assertThat(metric(url, "fluxrig_http_connections_closed_total{reason=\"not_reading\"}"))
                .isPositive();
        process.stop();
        assertThat(exit.get(20, TimeUnit.SECONDS)).isZero();
    }

    /** A load balancer that cannot ask takes the terminals away from a rack that is well. */
    @Test
    void shouldTellItsHealthWhereSilentConnectionsHoldAllPlaces() throws Exception {
        RackProcess process = process(SCENARIO, Map.of());
        CompletableFuture<Integer> exit = CompletableFuture.supplyAsync(process::run);
        URI url = URI.create(awaitStatusUrl());
        List<Socket> held = new ArrayList<>();
        try {
            for (int i = 0; i < ApiConnections.PLACES; i++) {
                held.add(new Socket(url.getHost(), url.getPort()));
            }
            assertThat(answers(url)).isTrue();
            held.get(0).setSoTimeout(10_000);
            assertThat(held.get(0).getInputStream().read())
                    .as("who waited longest")
                    .isNegative();
            assertThat(metric(url, "fluxrig_http_connections")).isBetween(1.0, (double) ApiConnections.PLACES);
        } finally {
            for (Socket socket : held) {
                socket.close();
            }
        }
        assertThat(metric(url, "fluxrig_http_connections_closed_total{reason=\"slow\"}"))
                .isPositive();
        process.stop();
        assertThat(exit.get(20, TimeUnit.SECONDS)).isZero();
    }

    private static double metric(URI url, String series) throws IOException, InterruptedException {
        return send("GET", url + "/metrics", null)
                .body()
                .lines()
                .filter(line -> line.startsWith(series + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(series.length() + 1)))
                .sum();
    }

    private static boolean answers(URI url) throws InterruptedException {
        try {
            return send("GET", url + "/health", null).statusCode() == 200;
        } catch (IOException closed) {
            return false;
        }
    }

    @Test
    void shouldReportEveryFaultAndEndWithBadConfig() throws Exception {
        assertThat(process(SCENARIO.replace("type: recorded", "type: recordde"), Map.of())
                        .run())
                .isEqualTo(RackProcess.BAD_CONFIG);
        assertThat(err()).contains("s.yaml:4:", "did you mean 'recorded'?");
        assertThat(process(SCENARIO, Map.of("rack.strips", "999")).run()).isEqualTo(RackProcess.BAD_CONFIG);
        assertThat(err()).contains("rack.strips: 999 is out of range");
        err.reset();
        assertThat(process(SCENARIO.replace("busy.in", "bussy.in"), Map.of("rack.strips", "999"))
                        .run())
                .isEqualTo(RackProcess.BAD_CONFIG);
        assertThat(err())
                .as("both files can be mended at once")
                .contains("rack.strips: 999 is out of range", "did you mean 'busy'?", "not checked until the errors");
        assertThat(gears.events).isEmpty();
    }

    @Test
    void shouldAskForTheServerOfWiresBetweenRacks() throws Exception {
        String far = """
            meta: { name: far }
            racks: [ { name: east }, { name: west } ]
            gears:
              - { name: a, type: recorded, deploy: east }
              - { name: b, type: recorded, deploy: west }
            wires:
              - { from: a.out, to: b.in }
            """;
        assertThat(process(far, Map.of("rack.name", "east")).run()).isEqualTo(RackProcess.BAD_CONFIG);
        assertThat(err()).contains("this rack does not know its NATS server", "set snake.url");
        Map<String, String> http = Map.of("rack.name", "east", "snake.url", "http://somewhere");
        assertThat(process(far, http).run()).isEqualTo(RackProcess.BAD_CONFIG);
        assertThat(err()).contains("snake.url: one of its addresses is none of a NATS server");
    }

    @Test
    void shouldSayInOneLineThatTheAddressIsTaken() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String bind = "127.0.0.1:" + taken.getLocalPort();
            assertThat(process(SCENARIO, Map.of("telemetry.bind", bind)).run()).isEqualTo(RackProcess.FAILED);
            assertThat(err().lines().filter(line -> line.startsWith("fluxrig:")))
                    .singleElement()
                    .asString()
                    .startsWith("fluxrig: telemetry.bind: cannot listen on " + bind);
        }
    }

    @Test
    void shouldLeaveAFolderThatAnotherRackWritesTo() throws Exception {
        RackProcess first = process(SCENARIO, Map.of());
        CompletableFuture<Integer> exit = CompletableFuture.supplyAsync(first::run);
        awaitStatusUrl();

        assertThat(process(SCENARIO, Map.of()).run()).isEqualTo(RackProcess.FAILED);

        assertThat(err())
                .isEqualToIgnoringNewLines("fluxrig: base.data_dir: another fluxrig process (pid "
                        + ProcessHandle.current().pid() + ") writes to " + folder.toAbsolutePath()
                        + "; stop it, or give this one a folder of its own (--set base.data_dir=FOLDER)");
        first.stop();
        assertThat(exit.get(20, TimeUnit.SECONDS)).isZero();
        RackProcess third = process(SCENARIO, Map.of());
        third.stop();
        assertThat(third.run()).isZero();
    }

    @Test
    void shouldSayWhyItsFolderCannotBeWritten() throws Exception {
        Path file = Files.createFile(folder.resolve("taken"));

        assertThat(process(SCENARIO, Map.of("base.data_dir", file.toString())).run())
                .isEqualTo(RackProcess.BAD_CONFIG);

        assertThat(err().lines())
                .singleElement()
                .asString()
                .startsWith(
                        "on the command line: error: base.data_dir: cannot write to " + file + ": a file is in the way")
                .contains("--set base.data_dir=");
    }

    @Test
    void shouldNameEachFolderThatCannotBeWritten() throws Exception {
        Path file = Files.createFile(folder.resolve("taken"));

        assertThat(process(
                                DURABLE,
                                Map.of("logging.file", "taken/rack.log", "store.dir", "taken", "store.key_file", "k"))
                        .run())
                .isEqualTo(RackProcess.BAD_CONFIG);

        assertThat(err().lines())
                .hasSize(2)
                .allMatch(line -> line.contains("cannot write to " + file + ": a file is in the way"))
                .anyMatch(line -> line.contains("error: logging.file: "))
                .anyMatch(line -> line.contains("error: store.dir: "));
        assertThat(folder.resolve("rack.lock")).doesNotExist();
    }

    @Test
    void shouldTakeALogFileThatIsAFolderForAFaultOfItsKey() throws Exception {
        Files.createDirectory(folder.resolve("logs"));

        assertThat(process(SCENARIO, Map.of("logging.file", "logs")).run()).isEqualTo(RackProcess.BAD_CONFIG);

        assertThat(err()).startsWith("on the command line: error: logging.file: cannot write to ");
    }

    @Test
    void shouldFailWithTheGearAndItsLine() throws Exception {
        assertThat(process(SCENARIO.replace("bind: \"127.0.0.1:0\"", "fail_start: true"), Map.of())
                        .run())
                .isEqualTo(RackProcess.FAILED);
        assertThat(err()).contains("fluxrig: gear 'door' (io_recorded) cannot start: the address is taken");
        assertThat(out.size()).isZero();
    }

    @Test
    void shouldRunADurableWireAndShowItsFigures() throws Exception {
        RackProcess process = process(DURABLE, Map.of("store.segment_bytes", "2MiB"));
        CompletableFuture<Integer> exit = CompletableFuture.supplyAsync(process::run);
        String url = awaitStatusUrl();
        assertThat(send("GET", url + "/metrics", null).body())
                .contains(
                        "fluxrig_durable_up{wire=\"door.out->busy.in\"} 1",
                        "fluxrig_durable_backlog_messages{wire=\"door.out->busy.in\"} 0",
                        "fluxrig_durable_fsync_seconds_count{wire=\"door.out->busy.in\"}");
        assertThat(folder.resolve("journal/door.out+busy.in/segments")).isDirectory();
        process.stop();
        assertThat(exit.get(20, TimeUnit.SECONDS)).isZero();
    }

    @Test
    void shouldSayInOneLineThatTheKeyIsNoKey() throws Exception {
        Path key = folder.resolve("journal.key");
        Files.write(key, new byte[5]);
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
        assertThat(process(DURABLE, Map.of()).run()).isEqualTo(RackProcess.FAILED);
        assertThat(err().lines().filter(line -> line.startsWith("fluxrig:")))
                .singleElement()
                .asString()
                .startsWith("fluxrig: key file " + key + " length=5 bytes, must be 32");
    }

    @Test
    void shouldRunWithoutTelemetry() throws Exception {
        RackProcess process = process(SCENARIO, Map.of("telemetry.enabled", "false"));
        process.stop();
        assertThat(process.run()).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8)).doesNotContain("status on");
    }
}
