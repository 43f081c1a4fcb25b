package io.fluxrig.bench.start;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** One {@code bin/fluxrig run}, watched from the outside; SIGTERM at the end. */
final class Launch implements AutoCloseable {
    private static final long READY_NS = TimeUnit.SECONDS.toNanos(180);
    private static final long END_S = 15;

    private final Process process;
    private final Path log;
    private final long startedNs = System.nanoTime();

    private Launch(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    /** @param folder gets what it writes */
    static Launch of(String scenario, Path folder, Map<String, String> environment) throws IOException {
        Files.createDirectories(folder);
        Path log = folder.resolve("log");
        ProcessBuilder builder = new ProcessBuilder("bin/fluxrig", "run", scenario)
                .redirectErrorStream(true)
                .redirectOutput(Redirect.to(log.toFile()));
        builder.environment().putAll(environment);
        builder.environment().put("FLUXRIG_BASE_DATA_DIR", folder.toString());
        return new Launch(builder.start(), log);
    }

    double elapsedMs() {
        return (System.nanoTime() - startedNs) / 1e6;
    }

    /** Connects as soon as somebody listens there. */
    Socket connect(int port) throws IOException, InterruptedException {
        while (true) {
            try {
                return new Socket(InetAddress.getLoopbackAddress(), port);
            } catch (IOException notYet) {
                if (!process.isAlive() || System.nanoTime() - startedNs > READY_NS) {
                    throw new IOException("nothing listens on port " + port + "; see " + log, notYet);
                }
                TimeUnit.MILLISECONDS.sleep(1);
            }
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(END_S, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
