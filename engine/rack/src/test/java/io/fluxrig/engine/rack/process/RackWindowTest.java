package io.fluxrig.engine.rack.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fluxrig.engine.rack.window.ApiConnections;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class RackWindowTest extends RackProcessRunning {
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
}
