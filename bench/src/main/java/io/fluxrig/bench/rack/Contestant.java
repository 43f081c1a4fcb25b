package io.fluxrig.bench.rack;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
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
public final class Contestant implements AutoCloseable {
    /** Flag for the JVM of a fluxrig command that is to end with whoever started it. */
    public static final String DIE_WITH_PARENT = "-Dfluxrig.die_with_parent=true";

    private static final long READY_MS = 30_000;
    private static final long POLL_MS = 20;
    private static final long END_MS = 15_000;
    private static final double KILOBYTE = 1024;

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
    public static Contestant start(
            String name, Path folder, List<String> flags, Map<String, String> environment, List<String> arguments)
            throws IOException {
        List<String> java = new ArrayList<>();
        java.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(flag -> flag.startsWith("--") || flag.startsWith("-D"))
                .forEach(java::add);
        java.addAll(flags);
        return startWith(name, folder, java, environment, arguments);
    }

    /**
     * As {@link #start}, with a Java of the caller's.
     *
     * @param java the command and all its flags but the class path
     */
    public static Contestant startWith(
            String name, Path folder, List<String> java, Map<String, String> environment, List<String> arguments)
            throws IOException {
        List<String> command = new ArrayList<>(java);
        command.addAll(List.of(DIE_WITH_PARENT, "-cp", System.getProperty("java.class.path")));
        command.addAll(arguments);
        return startCommand(name, folder, command, environment);
    }

    /**
     * As a user starts it.
     *
     * @param command that becomes, or is, a JVM which {@link #DIE_WITH_PARENT} has reached
     */
    public static Contestant startCommand(
            String name, Path folder, List<String> command, Map<String, String> environment) throws IOException {
        Files.createDirectories(folder);
        Path log = folder.resolve(name + ".log");
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(environment);
        return new Contestant(
                name, builder.redirectOutput(Redirect.to(log.toFile())).start(), log);
    }

    /** Waits until it listens there. */
    public void awaitPort(int port) throws IOException, InterruptedException {
        long untilMs = System.currentTimeMillis() + READY_MS;
        while (!listens(port)) {
            if (!process.isAlive() || System.currentTimeMillis() > untilMs) {
                throw new IOException(name + " does not listen on port " + port + "; see " + log);
            }
            Thread.sleep(POLL_MS);
        }
    }

    /** CPU time used so far, user and system. */
    public long cpuNs() {
        return process.info().totalCpuDuration().map(Duration::toNanos).orElse(0L);
    }

    public long pid() {
        return process.pid();
    }

    /** Ends it at once, as a machine that fails does. */
    public void kill() {
        process.destroyForcibly().onExit().join();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** Memory of the process that is in RAM, as Linux counts it; NaN where there is no {@code /proc}. */
    public double residentBytes() throws IOException {
        Path status = Path.of("/proc", Long.toString(process.pid()), "status");
        if (!Files.isReadable(status)) {
            return Double.NaN;
        }
        return Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToDouble(line -> Double.parseDouble(line.replaceAll("[^0-9]", "")) * KILOBYTE)
                .findFirst()
                .orElse(Double.NaN);
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
