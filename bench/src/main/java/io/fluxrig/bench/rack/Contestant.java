package io.fluxrig.bench.rack;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A process under measurement or behind it: started with this one's Java and class path, its output in a file, ended with
 * this one (its standard input is a pipe that nobody writes to).
 */
final class Contestant implements AutoCloseable {
    private static final long READY_MS = 30_000;
    private static final long POLL_MS = 20;
    private static final long END_MS = 15_000;

    private final String name;
    private final Process process;
    private final Path log;

    private Contestant(String name, Process process, Path log) {
        this.name = name;
        this.process = process;
        this.log = log;
    }

    /**
     * @param folder gets the log
     * @param flags of the JVM
     * @param arguments main class and what it is given
     */
    static Contestant start(
            String name, Path folder, List<String> flags, Map<String, String> environment, List<String> arguments)
            throws IOException {
        Files.createDirectories(folder);
        Path log = folder.resolve(name + ".log");
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(flag -> flag.startsWith("--") || flag.startsWith("-D"))
                .forEach(command::add);
        command.addAll(flags);
        command.addAll(List.of("-Dfluxrig.die_with_parent=true", "-cp", System.getProperty("java.class.path")));
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(environment);
        return new Contestant(
                name, builder.redirectOutput(Redirect.to(log.toFile())).start(), log);
    }

    /** A port of loopback that was free a moment ago. */
    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** Waits until it listens there. */
    void awaitPort(int port) throws IOException, InterruptedException {
        long untilMs = System.currentTimeMillis() + READY_MS;
        while (!listens(port)) {
            if (!process.isAlive() || System.currentTimeMillis() > untilMs) {
                throw new IOException(name + " does not listen on port " + port + "; see " + log);
            }
            Thread.sleep(POLL_MS);
        }
    }

    /** CPU time used so far, user and system. */
    long cpuNs() {
        return process.info().totalCpuDuration().map(Duration::toNanos).orElse(0L);
    }

    long pid() {
        return process.pid();
    }

    /** Asks it to end, so that a recording of its own gets written, and kills it if it takes long. */
    @Override
    public void close() {
        process.toHandle().destroy();
        try {
            if (!process.waitFor(END_MS, TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private static boolean listens(int port) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException notYet) {
            return false;
        }
    }
}
