package io.fluxrig.mixer.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.fluxrig.engine.config.Address;
import io.fluxrig.engine.metrics.RackMetrics;
import io.fluxrig.engine.rack.window.ApiConnections;
import io.fluxrig.mixer.lead.Leadership;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** 110 bodies at once, of a length that each may have, ended the mixer: it had no memory left. */
class BodyBudgetTest {
    private static final int BODY_MAX = 64 << 10;
    private static final int WAIT_MS = 20_000;
    private static final String BODY = "{\"main\":\"a.yaml\",\"files\":{\"a.yaml\":\"QUFB\"}}";

    @TempDir
    private Path folder;

    private final Vertx vertx = Vertx.vertx();
    private final List<Socket> open = new ArrayList<>();
    private final List<Call> calls = new CopyOnWriteArrayList<>();
    private final CompletableFuture<Reply> slow = new CompletableFuture<>();
    private ApiServer server;
    private String token;
    private int port;

    @BeforeEach
    void start() throws Exception {
        TokenFile file = TokenFile.open(folder.resolve("api.token"));
        token = Files.readString(folder.resolve("api.token")).strip();
        Map<String, Operation> operations = new HashMap<>();
        JsonObject document = Api.document();
        for (Object path : document.getJsonObject("paths").getMap().values()) {
            for (Object method : JsonObject.mapFrom(path).getMap().values()) {
                String id = JsonObject.mapFrom(method).getString("operationId");
                operations.put(id, call -> CompletableFuture.completedFuture(Reply.ok(new JsonObject())));
            }
        }
        operations.put("importScenario", call -> {
            calls.add(call);
            return slow;
        });
        server = new ApiServer(
                vertx,
                file,
                CompletableFuture::completedFuture,
                new BodyBudget(BODY_MAX, 2L * BODY_MAX),
                operations,
                new Leadership(),
                new ApiConnections(vertx, new RackMetrics()),
                System::nanoTime);
        port = await(server.listen(new Address("127.0.0.1", 0), null, document));
    }

    @AfterEach
    void stop() throws Exception {
        for (Socket each : open) {
            each.close();
        }
        await(server.close());
        await(vertx.close());
    }

    private static <T> T await(Future<T> future) {
        return future.toCompletionStage().toCompletableFuture().join();
    }

    private Socket begin(String method, String path, String headers) throws IOException {
        Socket socket = new Socket("127.0.0.1", port);
        open.add(socket);
        socket.setSoTimeout(WAIT_MS);
        String head = method + " " + path + " HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n" + headers
                + "\r\n\r\n";
        socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    /** Its head, and as many bytes of its body as there are to be, or fewer. */
    private Socket post(int length, String sent) throws IOException {
        Socket socket =
                begin("POST", "/api/v1/scenarios", "Authorization: Bearer " + token + "\r\nContent-Length: " + length);
        socket.getOutputStream().write(sent.getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    private static String answer(Socket socket) throws IOException {
        byte[] some = new byte[4096];
        int length = socket.getInputStream().read(some);
        return new String(some, 0, Math.max(0, length), StandardCharsets.US_ASCII);
    }

    /** Whether there is room for one of full length; its answer comes before its body where there is not. */
    private boolean hasRoom() throws IOException {
        try (Socket socket = post(BODY_MAX, "{}" + " ".repeat(BODY_MAX - 2))) {
            return !answer(socket).startsWith("HTTP/1.1 503");
        }
    }

    @Test
    void shouldRefuseABodyThatThereIsNoRoomForBeforeItIsRead() throws Exception {
        post(BODY_MAX, "{");
        begin(
                "POST",
                "/api/v1/scenarios",
                "Authorization: Bearer " + token + "\r\nTransfer-Encoding: chunked"); // may be as long
        Awaitility.await().ignoreExceptions().until(() -> !hasRoom());

        String refused = answer(post(1, ""));

        assertThat(refused)
                .startsWith("HTTP/1.1 503")
                .containsIgnoringCase("retry-after: 1")
                .contains("application/problem+json", "nothing of this one was read");
        assertThat(answer(begin("GET", "/api/v1/racks", "Authorization: Bearer " + token)))
                .startsWith("HTTP/1.1 200");
    }

    @Test
    void shouldHaveRoomAgainOnceWhoeverSentHasGone() throws Exception {
        Socket first = post(BODY_MAX, "{");
        Socket second = post(BODY_MAX, "{");
        Awaitility.await().ignoreExceptions().until(() -> !hasRoom());

        first.close();
        second.close();

        Awaitility.await().ignoreExceptions().until(this::hasRoom);
    }

    @Test
    void shouldCountABodyUntilWhatItAsksForIsDoneThoughNobodyWaitsForIt() throws Exception {
        String whole = BODY + " ".repeat(BODY_MAX - BODY.length());
        Socket first = post(BODY_MAX, whole);
        Socket second = post(BODY_MAX, whole);
        Awaitility.await().until(() -> calls.size() == 2);

        first.close();
        second.close();
        Awaitility.await().until(() -> calls.stream().allMatch(Call::isGone));

        assertThat(hasRoom()).isFalse();

        slow.complete(Reply.ok(new JsonObject()));

        Awaitility.await().ignoreExceptions().until(this::hasRoom);
    }

    @Test
    void shouldTakeNoBodyFromWhoeverMayNotSendOne() throws Exception {
        assertThat(answer(begin("GET", "/health", "Content-Length: 5"))).startsWith("HTTP/1.1 400");
        assertThat(answer(begin("POST", "/health", "Transfer-Encoding: chunked")))
                .startsWith("HTTP/1.1 400");
        assertThat(answer(begin("GET", "/api/v1/racks", "Authorization: Bearer " + token + "\r\nContent-Length: 5")))
                .startsWith("HTTP/1.1 400");
        assertThat(answer(begin("GET", "/health", "Content-Length: 0"))).startsWith("HTTP/1.1 200");
    }
}
