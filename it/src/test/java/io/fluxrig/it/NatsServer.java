package io.fluxrig.it;

import io.fluxrig.engine.net.FreePort;
import io.fluxrig.transport.bus.TlsFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Assumptions;

/** A NATS server with JetStream as a child process on loopback, which can be killed and started again on the same files. */
final class NatsServer implements AutoCloseable {
    private static final List<Path> PLACES =
            List.of(Path.of("/usr/sbin"), Path.of("/usr/bin"), Path.of("/usr/local/bin"), Path.of("/opt/nats"));

    private static final int CLIENT_PORT = 4222;
    private static final int CLUSTER_PORT = 6222;

    private final Path folder;
    /** Null without TLS. */
    private final TlsFiles tls;

    private final Place place;
    /** Beside where it listens and keeps its streams. */
    private final List<String> more;

    private final int port;
    private Process process;

    private NatsServer(Path folder, TlsFiles tls, Place place, int port, List<String> more) {
        this.folder = folder;
        this.tls = tls;
        this.place = place;
        this.port = port;
        this.more = more;
    }

    /** Starts one, or skips the test where there is none. */
    static NatsServer start(Path folder) throws IOException {
        return start(folder, null);
    }

    /** One that wants a certificate of whoever connects. */
    static NatsServer start(Path folder, TlsFiles tls) throws IOException {
        return start(new NatsServer(folder, tls, Place.HERE, FreePort.onLoopback(), List.of()));
    }

    /** One that reads a configuration of somebody's beside. */
    static NatsServer configured(Path folder, Path configuration) throws IOException {
        List<String> more = List.of("--config", configuration.toString());
        return start(new NatsServer(folder, null, Place.HERE, FreePort.onLoopback(), more));
    }

    /**
     * One of a cluster, whose nodes are where {@code places} says, by name; each listens on the backbone.
     *
     * @param configuration that it reads beside: who may log in
     */
    static NatsServer node(Path folder, String name, Map<String, Place> places, Path configuration) throws IOException {
        String routes = places.values().stream()
                .map(each -> "nats://" + each.backbone() + ":" + CLUSTER_PORT)
                .collect(Collectors.joining(","));
        String own = "nats://" + places.get(name).backbone() + ":" + CLUSTER_PORT;
        List<String> more = new ArrayList<>(
                List.of("--name", name, "--cluster_name", "fluxrig", "--cluster", own, "--routes", routes));
        more.addAll(List.of("--config", configuration.toString()));
        return start(new NatsServer(folder, null, places.get(name), CLIENT_PORT, more));
    }

    /** One of a cluster on this machine, whose nodes find each other at those ports; the first is its own. */
    static NatsServer node(Path folder, String name, int... clusterPorts) throws IOException {
        List<String> routes = IntStream.of(clusterPorts)
                .mapToObj(port -> "nats://127.0.0.1:" + port)
                .toList();
        List<String> more = List.of(
                "--name",
                name,
                "--cluster_name",
                "fluxrig",
                "--cluster",
                routes.get(0),
                "--routes",
                String.join(",", routes));
        return start(new NatsServer(folder, null, Place.HERE, FreePort.onLoopback(), more));
    }

    private static NatsServer start(NatsServer server) throws IOException {
        Path program = PLACES.stream()
                .map(place -> place.resolve("nats-server"))
                .filter(Files::isExecutable)
                .findFirst()
                .orElse(null);
        Assumptions.assumeTrue(program != null, "needs nats-server: apt-get install nats-server");
        Files.createDirectories(server.folder);
        server.begin(program);
        return server;
    }

    String url() {
        return (tls == null ? "nats" : "tls") + "://" + place.backbone() + ":" + port;
    }

    /** Where the streams lie. */
    Path folder() {
        return folder;
    }

    /** SIGKILL, and the same server on the same files again. */
    void killAndRestart(Runnable meanwhile) throws IOException {
        Path program = Path.of(process.info().command().orElseThrow());
        close();
        meanwhile.run();
        begin(program);
    }

    private void begin(Path program) throws IOException {
        List<String> command = new ArrayList<>(place.prefix());
        command.addAll(List.of(
                program.toString(),
                "--addr",
                place.backbone(),
                "--port",
                Integer.toString(port),
                "--jetstream",
                "--store_dir",
                folder.toString()));
        command.addAll(more);
        if (tls != null) {
            command.addAll(List.of("--tlsverify", "--tlscert", tls.certificate().toString()));
            command.addAll(List.of("--tlskey", tls.key().toString()));
            command.addAll(List.of("--tlscacert", tls.authorities().toString()));
        }
        process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        folder.resolveSibling("nats.log").toFile()))
                .start();
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().orTimeout(10, TimeUnit.SECONDS).join();
    }
}
