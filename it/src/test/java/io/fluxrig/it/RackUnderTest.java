package io.fluxrig.it;

import io.fluxrig.engine.net.FreePort;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/**
 * A rack in a process of its own, started with the command a user types. Everything it writes lies under {@link #folder()}.
 */
final class RackUnderTest implements AutoCloseable {
    private static final Path ROOT = repositoryRoot();
    private static final HttpClient HTTP =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();

    /** Half of such a process's work would be to compile for a time that does not come. */
    private static final String LIVES_FOR_SECONDS = "-XX:TieredStopAtLevel=1";

    private final Process process;
    /** Gets the signals; {@link #process}, or what that runs and waits for. */
    private final ProcessHandle rack;

    private final Path folder;
    private final int apiPort;

    private RackUnderTest(Process process, Path folder, int apiPort) {
        this(process, process.toHandle(), folder, apiPort);
    }

    private RackUnderTest(Process process, ProcessHandle rack, Path folder, int apiPort) {
        this.process = process;
        this.rack = rack;
        this.folder = folder;
        this.apiPort = apiPort;
    }

    /** Starts {@code fluxrig run} on a scenario and waits until it says that it is healthy, whatever other racks are not there yet. */
    static RackUnderTest start(Path scenario, Path folder, Map<String, String> environment) {
        return start(
                scenario,
                folder,
                environment,
                health -> Stream.of("\"state\":\"running\"", "\"failing_gears\":[]", "\"destinations_down\":[]")
                        .allMatch(health::contains));
    }

    /** The same, but some of its destinations may be down, or some of its wires take nothing. */
    static RackUnderTest startDegraded(Path scenario, Path folder, Map<String, String> environment) {
        return start(scenario, folder, environment, health -> health.contains("\"state\":\"running\""));
    }

    private static RackUnderTest start(
            Path scenario, Path folder, Map<String, String> environment, Predicate<String> healthy) {
        int apiPort = FreePort.onLoopback();
        Map<String, String> env = new LinkedHashMap<>(environment);
        env.put("FLUXRIG_TELEMETRY_BIND", "127.0.0.1:" + apiPort);
        env.putIfAbsent("FLUXRIG_RACK_STRIPS", "2"); // so that messages cross strips on a small machine too
        env.put("FLUXRIG_BASE_DATA_DIR", folder.resolve("data").toString());
        try {
            Files.createDirectories(folder);
            RackUnderTest rack = new RackUnderTest(command(folder, env, "run", scenario.toString()), folder, apiPort);
            rack.awaitHealthy(healthy);
            return rack;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A rack that somebody started, with its status on that port; waits until it runs, whichever of its destinations are down. */
    static RackUnderTest started(Process process, Path folder, int statusPort) {
        return started(process, process.toHandle(), folder, statusPort);
    }

    /** The same, where what was started runs the rack, waits for it and ends with its exit code. */
    static RackUnderTest started(Process process, ProcessHandle inner, Path folder, int statusPort) {
        RackUnderTest rack = new RackUnderTest(process, inner, folder, statusPort);
        boolean runs = false;
        try {
            rack.awaitHealthy(health -> health.contains("\"state\":\"running\""));
            runs = true;
        } finally {
            if (!runs) {
                rack.close();
            }
        }
        return rack;
    }

    /** Runs {@code bin/fluxrig} with those arguments; both outputs go to files in the folder. */
    static Process command(Path folder, Map<String, String> environment, String... arguments) throws IOException {
        return command(Place.HERE, folder, environment, arguments);
    }

    /** The same at a place. */
    static Process command(Place place, Path folder, Map<String, String> environment, String... arguments)
            throws IOException {
        List<String> line = new ArrayList<>(place.prefix());
        line.add(ROOT.resolve("bin/fluxrig").toString());
        line.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(line)
                .directory(folder.toFile())
                .redirectOutput(folder.resolve("stdout.txt").toFile())
                .redirectError(folder.resolve("stderr.txt").toFile());
        builder.environment().putAll(environment);
        builder.environment().put("FLUXRIG_NO_BUILD", "1");
        builder.environment().putIfAbsent("FLUXRIG_JAVA_OPTS", LIVES_FOR_SECONDS);
        return builder.start();
    }

    static Path repositoryRoot() {
        Path at = Path.of("").toAbsolutePath();
        while (!Files.exists(at.resolve("bin/fluxrig"))) {
            at = at.getParent();
        }
        return at;
    }

    Path folder() {
        return folder;
    }

    /** Whether its log on standard error has such a line at trace level. */
    boolean traced(String text) throws IOException {
        try (Stream<String> lines = Files.lines(folder.resolve("stderr.txt"))) {
            return lines.anyMatch(line -> line.contains("TRACE") && line.contains(text));
        }
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Of its status. */
    String address() {
        return "http://127.0.0.1:" + apiPort;
    }

    String get(String path) {
        try {
            HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + apiPort + path))
                    .timeout(Duration.ofSeconds(5))
                    .build();
            return HTTP.send(request, HttpResponse.BodyHandlers.ofString()).body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Adds up every sample of a metric whose labels contain all the given texts. */
    double metric(String name, String... labels) {
        return sum(get("/metrics"), name, labels);
    }

    /** The same of a text that {@code /metrics} gave. */
    static double sum(String metrics, String name, String... labels) {
        return metrics.lines()
                .filter(line -> line.startsWith(name + "{") || line.startsWith(name + " "))
                .filter(line -> List.of(labels).stream().allMatch(line::contains))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    /** Every sample of a metric that is not 0, with its labels. */
    List<String> samples(String name) {
        return get("/metrics")
                .lines()
                .filter(line -> line.startsWith(name + "{") && !line.endsWith(" 0"))
                .toList();
    }

    /** SIGTERM; waits for the drain and returns the exit code. */
    int terminate() throws InterruptedException {
        rack.destroy();
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            kill();
            throw new AssertionError("the rack did not stop within 60 s of SIGTERM; see " + folder);
        }
        return process.exitValue();
    }

    void signalTerm() {
        rack.destroy();
    }

    int awaitExit() throws InterruptedException {
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            kill();
            throw new AssertionError("the rack did not stop within 60 s; see " + folder);
        }
        return process.exitValue();
    }

    /** SIGKILL. */
    void kill() {
        rack.destroyForcibly();
        process.onExit().orTimeout(10, TimeUnit.SECONDS).join();
    }

    @Override
    public void close() {
        if (process.isAlive()) {
            kill();
        }
    }

    private void awaitHealthy(Predicate<String> healthy) {
        Awaitility.await("rack of " + folder + " is healthy")
                .atMost(Duration.ofSeconds(60))
                .ignoreExceptions()
                .until(() -> {
                    if (!process.isAlive()) {
                        throw new AssertionError("the rack stopped with " + process.exitValue() + ": "
                                + Files.readString(folder.resolve("stderr.txt")));
                    }
                    return healthy.test(get("/health"));
                });
    }
}
