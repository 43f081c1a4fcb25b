package io.fluxrig.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;

/** A mixer's API on loopback that answers what a test says to whoever shows {@value #TOKEN}. The test's thread, but for the answers. */
public final class MixerOfATest implements AutoCloseable {
    /** What commands are to show. */
    public static final String TOKEN = "secret";

    /** A rack that runs and is well, as the API shows one. */
    public static final String EAST = "{\"name\":\"east\",\"standing\":\"active\",\"key\":\"00ff\",\"there\":true,"
            + "\"state\":\"running\",\"scenario\":\"pay 1.0.0\",\"in_flight\":3,\"host\":\"h\"}";

    private final Map<String, String> answers = new ConcurrentHashMap<>();
    private final Map<String, Queue<Answer>> once = new ConcurrentHashMap<>();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final int otherwise;
    private final UnaryOperator<String> problem;
    private final HttpServer server;

    private record Answer(int status, String body) {}

    /** Answers 404 to what is not among its answers, and says what that is. */
    public MixerOfATest() {
        this(404, what -> "{\"detail\":\"there is no " + what + "\"}");
    }

    /** Answers so to what is not among its answers: method and address. */
    public MixerOfATest(int otherwise, UnaryOperator<String> problem) {
        this.otherwise = otherwise;
        this.problem = problem;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::answer);
        server.start();
    }

    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** A command line whose commands ask this mixer, and show what it wants to see. */
    public Cli cli() {
        return new Cli().with("FLUXRIG_API_URL", url()).with("FLUXRIG_API_TOKEN", TOKEN);
    }

    /** By method and address, {@code GET /api/v1/racks}; a test fills it. */
    public Map<String, String> answers() {
        return answers;
    }

    /** Answers so the first time that it is asked, and the next such answer the second time. */
    public void answerOnce(String what, String answer) {
        answerOnce(what, 200, answer);
    }

    /** As {@link #answerOnce(String, String)}, with a status. */
    public void answerOnce(String what, int status, String answer) {
        once.computeIfAbsent(what, none -> new ConcurrentLinkedQueue<>()).add(new Answer(status, answer));
    }

    /** Method, address and body of each question so far. */
    public List<String> asked() {
        return asked;
    }

    private void answer(HttpExchange exchange) throws IOException {
        String what = exchange.getRequestMethod() + " " + exchange.getRequestURI();
        asked.add(what + " " + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        boolean admitted =
                ("Bearer " + TOKEN).equals(exchange.getRequestHeaders().getFirst("Authorization"));
        Answer first = once.getOrDefault(what, new ConcurrentLinkedQueue<>()).poll();
        Answer known = first == null && answers.containsKey(what) ? new Answer(200, answers.get(what)) : first;
        Answer none = new Answer(admitted ? otherwise : 401, problem.apply(what));
        Answer given = admitted && known != null ? known : none;
        byte[] answer = given.body().getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(given.status(), answer.length);
        exchange.getResponseBody().write(answer);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
