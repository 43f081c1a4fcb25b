package io.fluxrig.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fluxrig.engine.net.FreePort;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands on one another: what {@code new} writes, {@code run} runs, {@code load} drives and {@code top} shows. */
class RunAndLoadTest {
    /** Two commands run at once and block; on two cores the common pool has one thread. */
    private static final Executor OWN_THREAD = command -> new Thread(command, "command").start();

    @TempDir
    Path folder;

    @Test
    void shouldRunTheSkeletonUnderLoadAndDrainIt() throws Exception {
        int terminals = FreePort.onLoopback();
        int status = FreePort.onLoopback();
        Cli rack = new Cli()
                .with("TERMINALS_BIND", "127.0.0.1:" + terminals)
                .with("FLUXRIG_TELEMETRY_BIND", "127.0.0.1:" + status)
                .with("FLUXRIG_BASE_DATA_DIR", folder.resolve("data").toString())
                .with("FLUXRIG_RACK_STRIPS", "2")
                .with("FLUXRIG_LOGGING_CONSOLE", "off");
        assertThat(rack.run("new", "scenario", "first", "--kind", "issuer", "--dir", folder.toString()))
                .isZero();

        CompletableFuture<Integer> ended = CompletableFuture.supplyAsync(
                () -> rack.run("run", folder.resolve("first.yaml").toString()), OWN_THREAD);
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> ended.isDone() || rack.out().contains("fluxrig: rack"));
        assertThat(ended).as(rack.err()).isNotDone();

        underLoad(terminals, status);
        watched(status);

        rack.interrupt();
        assertThat(ended.get(30, TimeUnit.SECONDS)).as(rack.err()).isZero();
    }

    @Test
    void shouldSwitchToTheIssuerThatCameWithTheSkeleton() throws Exception {
        int terminals = FreePort.onLoopback();
        String host = "127.0.0.1:" + FreePort.onLoopback();
        int status = FreePort.onLoopback();
        Cli issuer = rack("issuer", FreePort.onLoopback()).with("HOST_ADDRESS", host);
        Cli theSwitch =
                rack("switch", status).with("HOST_ADDRESS", host).with("TERMINALS_BIND", "127.0.0.1:" + terminals);
        assertThat(theSwitch.run("new", "scenario", "shop", "--dir", folder.toString()))
                .isZero();
        CompletableFuture<Integer> issuerEnded = started(issuer, "shop-issuer.yaml");
        CompletableFuture<Integer> switchEnded = started(theSwitch, "shop.yaml");
        Cli top = new Cli();
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> top.run("top", "127.0.0.1:" + status, "--json") == 0
                        && top.out().contains("\"up\":true"));

        Cli load = new Cli();
        int code = load.run(
                "load",
                "--target",
                "127.0.0.1:" + terminals,
                "--rate",
                "500",
                "--duration",
                "400ms",
                "--rack",
                "127.0.0.1:" + status,
                "--json");

        assertThat(code).as(load.err() + load.out()).isZero();
        JsonNode json = new ObjectMapper()
                .readTree(load.out().strip().lines().reduce((a, b) -> b).orElseThrow());
        assertThat(json.get("sent").asInt()).isEqualTo(200);
        assertThat(json.get("approved").asInt()).isPositive();
        assertThat(json.get("timeouts").asInt()).isZero();
        loseTheRack(theSwitch, terminals, status);
        issuer.interrupt();
        assertThat(switchEnded.get(30, TimeUnit.SECONDS)).as(theSwitch.err()).isZero();
        assertThat(issuerEnded.get(30, TimeUnit.SECONDS)).as(issuer.err()).isZero();
    }

    /** A rack that is stopped under load takes its own counts along, and nothing of what the load found. */
    private static void loseTheRack(Cli theSwitch, int terminals, int status) throws Exception {
        Cli load = new Cli();
        CompletableFuture<Integer> ended = CompletableFuture.supplyAsync(
                () -> load.run(
                        "load",
                        "--target",
                        "127.0.0.1:" + terminals,
                        "--rate",
                        "200",
                        "--duration",
                        "60s",
                        "--rack",
                        "127.0.0.1:" + status,
                        "--json"),
                OWN_THREAD);
        Cli top = new Cli();
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> top.run("top", "127.0.0.1:" + status, "--json") == 0
                        && new ObjectMapper()
                                        .readTree(top.out()
                                                .strip()
                                                .lines()
                                                .reduce((a, b) -> b)
                                                .orElseThrow())
                                        .findValue("requests")
                                        .asInt()
                                > 220);

        theSwitch.interrupt();

        assertThat(ended.get(60, TimeUnit.SECONDS)).isEqualTo(1);
        JsonNode json = new ObjectMapper()
                .readTree(load.out().strip().lines().reduce((a, b) -> b).orElseThrow());
        assertThat(json.get("sent").asInt()).isPositive();
        assertThat(json.get("rack").get("accounted").asBoolean()).isFalse();
        assertThat(load.err()).contains("does not answer any more", "requests");
    }

    private Cli rack(String name, int status) {
        return new Cli()
                .with("FLUXRIG_TELEMETRY_BIND", "127.0.0.1:" + status)
                .with("FLUXRIG_BASE_DATA_DIR", folder.resolve(name).toString())
                .with("FLUXRIG_RACK_STRIPS", "1")
                .with("FLUXRIG_LOGGING_CONSOLE", "off");
    }

    private CompletableFuture<Integer> started(Cli rack, String file) {
        CompletableFuture<Integer> ended = CompletableFuture.supplyAsync(
                () -> rack.run("run", folder.resolve(file).toString()), OWN_THREAD);
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> ended.isDone() || rack.out().contains("fluxrig: rack"));
        assertThat(ended).as(rack.err()).isNotDone();
        return ended;
    }

    private void underLoad(int terminals, int status) throws IOException {
        Path html = folder.resolve("report.html");
        Cli load = new Cli();
        assertThat(load.run("new", "mix", "mine", "--dir", folder.toString())).isZero();
        Path mix = folder.resolve("mine.yaml");
        int code = load.run(
                "load",
                "--target",
                "127.0.0.1:" + terminals,
                "--rate",
                "500",
                "--duration",
                "400ms",
                "--connections",
                "3",
                "--mix",
                mix.toString(),
                "--html",
                html.toString(),
                "--rack",
                "http://127.0.0.1:" + status,
                "--json");

        assertThat(code).as(load.err() + load.out()).isZero();
        JsonNode json = new ObjectMapper()
                .readTree(load.out().strip().lines().reduce((a, b) -> b).orElseThrow());
        assertThat(json.get("sent").asInt()).isEqualTo(200);
        assertThat(json.get("approved").asInt() + json.get("declined").asInt()).isEqualTo(200);
        assertThat(json.get("codes").get("61").asInt()).isPositive();
        assertThat(json.has("rack")).as("counts of a rack without a conductor").isFalse();
        assertThat(load.err()).contains("rack       has no conductor");
        assertThat(Files.readString(html)).contains("was answered exactly once").doesNotContain("<script");
    }

    private static void watched(int status) throws Exception {
        Cli top = new Cli();
        assertThat(top.run("top", "http://127.0.0.1:" + status, "--once"))
                .as(top.err())
                .isZero();
        assertThat(top.out()).contains("running, up", "terminals", "issuer");

        assertThat(top.run("top", "http://127.0.0.1:" + status, "--json")).isZero();
        assertThat(new ObjectMapper().readTree(top.out()).get("state").asText()).isEqualTo("running");

        CompletableFuture<Integer> watching =
                CompletableFuture.supplyAsync(() -> top.run("top", "http://127.0.0.1:" + status), OWN_THREAD);
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> watching.isDone() || top.out().contains("no switch  "));
        top.interrupt();
        assertThat(watching.get(30, TimeUnit.SECONDS)).as(top.err()).isZero();
    }
}
