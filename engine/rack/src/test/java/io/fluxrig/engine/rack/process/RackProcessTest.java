package io.fluxrig.engine.rack.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.fluxrig.engine.log.RackLog;
import io.fluxrig.engine.rack.node.NodeExit;
import io.netty.channel.epoll.Epoll;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.zip.CRC32;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;

class RackProcessTest extends RackProcessRunning {
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
        assertThat(exit.get(20, TimeUnit.SECONDS)).isEqualTo(NodeExit.DONE);
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
        assertThat(health.getString("reason")).isEqualTo("1 of 1 destinations down: busy.out (no link)");
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
        assertThat(exit.get(20, TimeUnit.SECONDS)).isEqualTo(NodeExit.DONE);
    }

    @Test
    void shouldLogAtTheLevelThatItsScenarioSaysAlsoAfterAReload() throws Exception {
        String racks = "racks: [ { name: east, defaults: { log_level: LEVEL } } ]\ngears:";
        String scenario = SCENARIO.replace("gears:", racks);
        Logger gear = RackLog.gear("busy");
        RackProcess process = process(scenario.replace("LEVEL", "warn"), Map.of());
        CompletableFuture<Integer> exit = CompletableFuture.supplyAsync(process::run);
        awaitStatusUrl();
        assertThat(gear.isWarnEnabled()).isTrue();
        assertThat(gear.isInfoEnabled()).isFalse();

        Files.writeString(folder.resolve("s.yaml"), scenario.replace("LEVEL", "debug"));
        awaitAfterReload(process, gear::isDebugEnabled);
        Files.writeString(folder.resolve("s.yaml"), SCENARIO);
        awaitAfterReload(process, () -> !gear.isDebugEnabled());
        assertThat(gear.isInfoEnabled()).as("the node's own again").isTrue();
        process.stop();
        assertThat(exit.get(20, TimeUnit.SECONDS)).isZero();
    }

    /** It takes reloads from just after it says that it runs. */
    private static void awaitAfterReload(RackProcess process, Callable<Boolean> condition) {
        Awaitility.await().atMost(20, TimeUnit.SECONDS).until(() -> {
            process.reload();
            return condition.call();
        });
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
    void shouldRunWithoutTelemetry() throws Exception {
        RackProcess process = process(SCENARIO, Map.of("telemetry.enabled", "false"));
        process.stop();
        assertThat(process.run()).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8)).doesNotContain("status on");
    }

    @Test
    void shouldBeginItsMessageIdsAboveThoseOfBefore() throws Exception {
        run(SCENARIO, Map.of());
        long first = gears.ids.remove();
        gears.ids.clear();
        Path mark = folder.resolve("ids.mark");
        assertThat(Files.readString(mark).lines().filter(line -> !line.isEmpty()))
                .as("ended in peace, so right behind the last id")
                .anyMatch(line -> line.matches("[0-9]{10} [0-9]{16} [0-9a-f]{8}"));
        long ahead = (first >>> 25) + 60 * 60 * 100;
        mark(mark, ahead);

        run(SCENARIO, Map.of());

        assertThat(gears.ids.remove() >>> 25).isEqualTo(ahead);
    }

    @Test
    void shouldKeepMessageIdsWithDurableWiresAndNoLogFile() throws Exception {
        run(DURABLE, Map.of("logging.file", ""));

        assertThat(folder.resolve("ids.mark")).exists();
    }

    @Test
    void shouldWriteNothingWithoutALogFileAndDurableWires() throws Exception {
        run(
                SCENARIO,
                Map.of(
                        "logging.file",
                        "",
                        "base.data_dir",
                        folder.resolve("none").toString()));

        assertThat(folder.resolve("none")).doesNotExist();
    }

    @Test
    void shouldRemoveDraftsOfKeysWhereItHoldsItsFolder() throws Exception {
        Path draft = Files.createFile(folder.resolve("draft4711.new"));

        run(SCENARIO, Map.of());

        assertThat(draft).doesNotExist();
    }

    private void run(String scenario, Map<String, String> more) throws Exception {
        out.reset();
        RackProcess process = process(scenario, more);
        CompletableFuture<Integer> exit = CompletableFuture.supplyAsync(process::run);
        awaitStatusUrl();
        process.stop();
        assertThat(exit.get(30, TimeUnit.SECONDS)).isZero();
    }

    private static void mark(Path file, long ticks) throws Exception {
        String counted = "0000000900 %016d".formatted(ticks);
        CRC32 crc = new CRC32();
        crc.update(counted.getBytes(StandardCharsets.US_ASCII));
        Files.writeString(file, counted + " %08x\n".formatted(crc.getValue()));
    }
}
