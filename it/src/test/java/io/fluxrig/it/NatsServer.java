package io.fluxrig.it;

import io.fluxrig.engine.net.FreePort;
import io.fluxrig.transport.bus.TlsFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/** A NATS server with JetStream as a child process on loopback, which can be killed and started again on the same files. */
final class NatsServer implements AutoCloseable {
    private static final List<Path> PLACES =
            List.of(Path.of("/usr/sbin"), Path.of("/usr/bin"), Path.of("/usr/local/bin"), Path.of("/opt/nats"));

    private final Path folder;
    /** Null without TLS. */
    private final TlsFiles tls;

    private final int port = FreePort.onLoopback();
    private Process process;

    private NatsServer(Path folder, TlsFiles tls) {
        this.folder = folder;
        this.tls = tls;
    }

    /** Starts one, or skips the test where there is none. */
    static NatsServer start(Path folder) throws IOException {
        return start(folder, null);
    }

    /** One that wants a certificate of whoever connects. */
    static NatsServer start(Path folder, TlsFiles tls) throws IOException {
        Path program = PLACES.stream()
                .map(place -> place.resolve("nats-server"))
                .filter(Files::isExecutable)
                .findFirst()
                .orElse(null);
        Assumptions.assumeTrue(program != null, "needs nats-server: apt-get install nats-server");
        Files.createDirectories(folder);
        NatsServer server = new NatsServer(folder, tls);
        server.begin(program);
        return server;
    }

    String url() {
        return (tls == null ? "nats" : "tls") + "://127.0.0.1:" + port;
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
        List<String> command = new ArrayList<>(List.of(
                program.toString(),
                "--addr",
                "127.0.0.1",
                "--port",
                Integer.toString(port),
                "--jetstream",
                "--store_dir",
                folder.toString()));
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
