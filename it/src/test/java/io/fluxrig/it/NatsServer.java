package io.fluxrig.it;

import io.fluxrig.engine.net.FreePort;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/** A NATS server with JetStream as a child process on loopback, which can be killed and started again on the same files. */
final class NatsServer implements AutoCloseable {
    private static final List<Path> PLACES =
            List.of(Path.of("/usr/sbin"), Path.of("/usr/bin"), Path.of("/usr/local/bin"), Path.of("/opt/nats"));

    private final Path folder;
    private final int port = FreePort.onLoopback();
    private Process process;

    private NatsServer(Path folder) {
        this.folder = folder;
    }

    /** Starts one, or skips the test where there is none. */
    static NatsServer start(Path folder) throws IOException {
        Path program = PLACES.stream()
                .map(place -> place.resolve("nats-server"))
                .filter(Files::isExecutable)
                .findFirst()
                .orElse(null);
        Assumptions.assumeTrue(program != null, "needs nats-server: apt-get install nats-server");
        Files.createDirectories(folder);
        NatsServer server = new NatsServer(folder);
        server.begin(program);
        return server;
    }

    String url() {
        return "nats://127.0.0.1:" + port;
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
        process = new ProcessBuilder(
                        program.toString(),
                        "--addr",
                        "127.0.0.1",
                        "--port",
                        Integer.toString(port),
                        "--jetstream",
                        "--store_dir",
                        folder.toString())
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
