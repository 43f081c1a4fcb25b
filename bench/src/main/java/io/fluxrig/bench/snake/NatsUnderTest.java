package io.fluxrig.bench.snake;

import io.fluxrig.engine.net.FreePort;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A NATS server with JetStream as a child process on loopback, its streams in a folder that the caller removes. */
final class NatsUnderTest implements AutoCloseable {
    private static final List<Path> PLACES =
            List.of(Path.of("/usr/sbin"), Path.of("/usr/bin"), Path.of("/usr/local/bin"), Path.of("/opt/nats"));
    private static final long END_WAIT_S = 10;

    private final int port = FreePort.onLoopback();
    private final Process process;

    /**
     * @param program null to look for it in the usual places
     * @throws IOException if there is none; the text is for the user
     */
    NatsUnderTest(Path program, Path folder) throws IOException {
        process = new ProcessBuilder(
                        (program == null ? find() : program).toString(),
                        "--addr",
                        "127.0.0.1",
                        "--port",
                        Integer.toString(port),
                        "--jetstream",
                        "--store_dir",
                        folder.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start();
    }

    private static Path find() throws IOException {
        return PLACES.stream()
                .map(place -> place.resolve("nats-server"))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new IOException(
                        "no nats-server in " + PLACES + ": apt-get install nats-server, or say where with --nats"));
    }

    String url() {
        return "nats://127.0.0.1:" + port;
    }

    @Override
    public void close() {
        process.destroyForcibly()
                .onExit()
                .orTimeout(END_WAIT_S, TimeUnit.SECONDS)
                .join();
    }
}
