package io.fluxrig.mixer.api;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.fluxrig.engine.config.Address;
import io.fluxrig.engine.metrics.RackMetrics;
import io.fluxrig.engine.passport.OwnFile;
import io.fluxrig.engine.rack.window.ApiConnections;
import io.fluxrig.mixer.lead.Leadership;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** The bytes that the API answers to whoever asks wrongly, too slowly or too much; docs/operating.md has them in a table. */
class ClientSeesTest {
    private static final int BODY_MAX = 4 << 10;
    private static final int WAIT_MS = 20_000;

    @TempDir
    private Path folder;

    private final Vertx vertx = Vertx.vertx();
    private RackMetrics metrics = new RackMetrics();
    private static final int BODY_MS = 1_000;

    private final AtomicLong nowNs = new AtomicLong(1);
    private final Map<String, Operation> operations = new HashMap<>();
    private ApiServer server;
    private TokenFile file;
    private String token;
    private int port;

    @BeforeEach
    void start() throws Exception {
        file = TokenFile.open(folder.resolve("api.token"));
        token = Files.readString(folder.resolve("api.token")).strip();
        JsonObject document = Api.document();
        for (Object path : document.getJsonObject("paths").getMap().values()) {
            for (Object method : JsonObject.mapFrom(path).getMap().values()) {
                String id = JsonObject.mapFrom(method).getString("operationId");
                operations.put(id, call -> CompletableFuture.completedFuture(Reply.ok(new JsonObject())));
            }
        }
        operations.put("listRacks", call -> CompletableFuture.failedFuture(new TimeoutException()));
        server = new ApiServer(
                vertx,
                file,
                CompletableFuture::completedFuture,
                new BodyBudget(BODY_MAX, 4L * BODY_MAX),
                operations,
                new Leadership(),
                connections(WAIT_MS),
                nowNs::get);
        port = await(server.listen(new Address("127.0.0.1", 0), null, document));
    }

    @AfterEach
    void stop() {
        await(server.close());
        await(vertx.close());
    }

    private ApiConnections connections(long bodyMs) {
        return new ApiConnections(vertx, metrics, WAIT_MS, WAIT_MS, bodyMs);
    }

    private void restart(long bodyMs) {
        await(server.close());
        metrics = new RackMetrics();
        server = new ApiServer(
                vertx,
                file,
                CompletableFuture::completedFuture,
                new BodyBudget(BODY_MAX, 4L * BODY_MAX),
                operations,
                new Leadership(),
                connections(bodyMs),
                nowNs::get);
        port = await(server.listen(new Address("127.0.0.1", 0), null, Api.document()));
    }

    private static <T> T await(Future<T> future) {
        return future.toCompletionStage().toCompletableFuture().join();
    }

    private Socket connect() throws IOException {
        Socket socket = new Socket("127.0.0.1", port);
        socket.setSoTimeout(3 * WAIT_MS); // some of it waits for the server to give up first
        return socket;
    }

    private static void write(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    }

    /** All that comes until the other side closes. */
    private static String read(Socket socket) throws IOException {
        return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
    }

    /** What comes until that has come. */
    private static String readTo(Socket socket, String end) throws IOException {
        StringBuilder text = new StringBuilder();
        while (text.indexOf(end) < 0) {
            int next = socket.getInputStream().read();
            assertThat(next).as("closed behind %s", text).isNotNegative();
            text.append((char) next);
        }
        return text.toString();
    }

    /** The answer, to the end of the problem that is its body. */
    private String ask(String request) throws IOException {
        try (Socket socket = connect()) {
            write(socket, request);
            return readTo(socket, "}");
        }
    }

    private String authorized() {
        return "Host: x\r\nAuthorization: Bearer " + token + "\r\n";
    }

    @Test
    void shouldBeToldThatATokenIsMissing() throws Exception {
        assertThat(ask("GET /api/v1/racks HTTP/1.1\r\nHost: x\r\n\r\n"))
                .startsWith("HTTP/1.1 401 Unauthorized\r\n")
                .containsIgnoringCase("www-authenticate: Bearer\r\n")
                .containsIgnoringCase("connection: close\r\n")
                .contains("send 'Authorization: Bearer TOKEN'");
    }

    @Test
    void shouldBeToldHowLongABodyMayBeBeforeItIsSent() throws Exception {
        String head = "POST /api/v1/scenarios HTTP/1.1\r\n" + authorized()
                + "Content-Type: application/json\r\nContent-Length: " + (BODY_MAX + 1) + "\r\n\r\n";

        assertThat(ask(head))
                .startsWith("HTTP/1.1 413 Request Entity Too Large\r\n")
                .containsIgnoringCase("connection: close\r\n")
                .contains("a body is at most " + BODY_MAX + " bytes (api.body_max)");
    }

    private static final String STRANGER = "Host: x\r\n";

    /** In one go, as a client that pipelines does; the answers, of which the last may be the one that closes. */
    private String healths(int count, String as) throws IOException {
        try (Socket socket = connect()) {
            write(socket, ("GET /health HTTP/1.1\r\n" + as + "\r\n").repeat(count - 1));
            write(socket, "GET /health HTTP/1.1\r\nConnection: close\r\n" + as + "\r\n");
            return read(socket);
        }
    }

    private static int count(String status, String answers) {
        return answers.split("HTTP/1.1 " + status, -1).length - 1;
    }

    @Test
    void shouldSeeAConnectionClosedThatItWasToldIsClosed() throws Exception {
        String refused = "POST /api/v1/scenarios HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\n";
        for (String body : new String[] {"", "half of it", "x".repeat(1_000)}) {
            try (Socket socket = connect()) {
                write(socket, refused + body);

                assertThat(read(socket))
                        .startsWith("HTTP/1.1 401 Unauthorized\r\n")
                        .contains("send 'Authorization:");
            }
        }
        try (Socket socket = connect()) {
            write(socket, "GET /api/v1/racks HTTP/1.1\r\nHost: x\r\n\r\n");

            assertThat(read(socket)).contains("send 'Authorization:");
        }
    }

    @Test
    void shouldBeToldToAskLessOftenAfterABurst() throws Exception {
        assertThat(count("200", healths(100, STRANGER) + healths(100, STRANGER)))
                .isEqualTo(200);

        assertThat(healths(1, STRANGER))
                .startsWith("HTTP/1.1 429 Too Many Requests\r\n")
                .containsIgnoringCase("retry-after: 1\r\n")
                .containsIgnoringCase("connection: close\r\n")
                .contains("at most 100 a second");
        nowNs.addAndGet(10_000_000);
        assertThat(healths(1, STRANGER)).startsWith("HTTP/1.1 200 OK\r\n");
        assertThat(healths(1, STRANGER)).startsWith("HTTP/1.1 429 ");
    }

    @Test
    void shouldBeAnsweredWithTheTokenHoweverOftenStrangersAsk() throws Exception {
        healths(100, STRANGER);
        healths(100, STRANGER);
        assertThat(healths(1, STRANGER)).startsWith("HTTP/1.1 429 ");

        assertThat(count("200", healths(100, authorized()) + healths(100, authorized())))
                .isEqualTo(200);
        assertThat(healths(1, authorized())).startsWith("HTTP/1.1 429 ");
    }

    @Test
    void shouldBeAnsweredHoweverOftenATokenForReadingAsks() throws Exception {
        String reader = "r".repeat(32);
        OwnFile.write(
                folder.resolve("api.token"),
                ("ana " + token + "\nboard " + reader + " read\n").getBytes(StandardCharsets.UTF_8));
        file.look();
        String reading = "Host: x\r\nAuthorization: Bearer " + reader + "\r\n";
        healths(100, reading);
        healths(100, reading);
        assertThat(healths(1, reading)).startsWith("HTTP/1.1 429 ");

        assertThat(healths(1, authorized())).startsWith("HTTP/1.1 200 OK\r\n");
    }

    @Test
    void shouldBeAnsweredOnTheEventLoopThatHasTheConnection() throws Exception {
        Set<Thread> threads = ConcurrentHashMap.newKeySet();
        operations.put("document", call -> {
            threads.add(Thread.currentThread());
            call.context().addHeadersEndHandler(ending -> threads.add(Thread.currentThread()));
            return CompletableFuture.supplyAsync(
                    () -> Reply.ok(new JsonObject()), task -> new Thread(task, "elsewhere").start());
        });
        restart(WAIT_MS);

        try (Socket socket = connect()) {
            for (int i = 0; i < 8; i++) {
                write(socket, "GET /openapi.json HTTP/1.1\r\n" + STRANGER + "\r\n");
                assertThat(readTo(socket, "}")).startsWith("HTTP/1.1 200");
            }
        }

        assertThat(threads).hasSize(1);
    }

    @Test
    void shouldBeToldThatTheMixerHasNotComeToIt() throws Exception {
        assertThat(ask("GET /api/v1/racks HTTP/1.1\r\n" + authorized() + "\r\n"))
                .startsWith("HTTP/1.1 503 Service Unavailable\r\n")
                .contains("application/problem+json", "is not done, unless it had begun");
    }

    private String post(String how) {
        return "POST /api/v1/scenarios HTTP/1.1\r\n" + authorized() + "Content-Type: application/json\r\n" + how
                + "\r\n\r\n";
    }

    @Test
    void shouldBeToldThatABodyIsLateHoweverItTrickles() throws Exception {
        restart(BODY_MS);
        try (Socket socket = connect()) {
            write(socket, post("Content-Length: 4000"));
            Thread trickle = trickle(socket);
            try {
                assertThat(readTo(socket, "}"))
                        .startsWith("HTTP/1.1 408 Request Timeout\r\n")
                        .containsIgnoringCase("connection: close\r\n");
                assertThat(readUntilClosed(socket)).isEmpty();
            } finally {
                trickle.interrupt();
                trickle.join();
            }
        }
        assertThat(metrics.prometheus()).contains("http_connections_closed_total{reason=\"slow\"} 1");
    }

    /** Bodies that are sent and do not end keep places, and must keep nobody out. */
    @Test
    void shouldBeAnsweredHoweverManyBodiesAreUnderWay() throws Exception {
        List<Socket> slow = new ArrayList<>();
        try {
            for (int i = 0; i < 150; i++) {
                nowNs.addAndGet(100_000_000);
                Socket socket = connect();
                slow.add(socket);
                write(socket, post("Content-Length: 4000") + "{");
            }

            assertThat(ask("GET /health HTTP/1.1\r\n" + authorized() + "\r\n")).startsWith("HTTP/1.1 200");
        } finally {
            for (Socket each : slow) {
                each.close();
            }
        }
    }

    @Test
    void shouldNotBeTheOperatorsConcernThatABodyIsBroken() throws Exception {
        Logger log = (Logger) LoggerFactory.getLogger(ApiServer.class);
        ListAppender<ILoggingEvent> lines = new ListAppender<>();
        lines.list = new CopyOnWriteArrayList<>();
        lines.start();
        log.addAppender(lines);
        try {
            try (Socket socket = connect()) {
                write(socket, post("Transfer-Encoding: chunked") + "zzz\r\n");
                assertThat(readUntilClosed(socket)).doesNotContain("500 ");
            }
            try (Socket socket = connect()) {
                write(socket, post("Content-Length: 4000") + "{");
            }
            Awaitility.await().until(() -> metrics.snapshot().sum("http_connections") == 0);
        } finally {
            log.detachAppender(lines);
        }
        assertThat(lines.list).allMatch(line -> line.getLevel().equals(Level.DEBUG));
    }

    /** As a slow attacker does, or a proxy that hangs: told nothing, closed, and counted. */
    @Test
    void shouldBeClosedWithoutAWordWhoseHeadersTrickle() throws Exception {
        try (Socket socket = connect()) {
            write(socket, "GET /health HTTP/1.1\r\nHost: ");
            Thread trickle = trickle(socket);
            try {
                assertThat(readUntilClosed(socket)).isEmpty();
            } finally {
                trickle.interrupt();
                trickle.join();
            }
        }
        assertThat(metrics.prometheus()).contains("http_connections_closed_total{reason=\"slow\"} 1");
    }

    private static Thread trickle(Socket socket) {
        Thread trickle = new Thread(() -> {
            try {
                while (!Thread.currentThread().isInterrupted()) {
                    write(socket, "x");
                    TimeUnit.MILLISECONDS.sleep(
                            50); // far below any timeout of an idle connection, far above a tight loop
                }
            } catch (IOException closed) {
                // as it should be
            } catch (InterruptedException ended) {
                Thread.currentThread().interrupt(); // by the test, which waits for that
            }
        });
        trickle.start();
        return trickle;
    }

    /** A reset, which bytes on their way may make of it, is an end too; a timeout is none. */
    private static String readUntilClosed(Socket socket) throws IOException {
        try {
            return read(socket);
        } catch (SocketException reset) {
            return "";
        }
    }
}
