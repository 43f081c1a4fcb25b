package io.fluxrig.mixer.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.fluxrig.engine.net.FreePort;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/**
 * A PostgreSQL server of a test's own on loopback: it can be frozen, killed and started again on the same files. It does not run as
 * root, so root starts it as the user that Debian's package makes.
 */
public final class PostgresServer implements AutoCloseable {
    /** Who logs in, and may everything. */
    public static final String USER = "fluxrig";

    public static final String PASSWORD = "not-a-secret-1";
    private static final Path VERSIONS = Path.of("/usr/lib/postgresql");
    private static final String SYSTEM_USER = "postgres";
    private static final long START_SECONDS = 60;

    private final Path programs;
    private final Path folder;
    private final int port = FreePort.onLoopback();
    private final List<String> more;
    private Process process;

    private PostgresServer(Path programs, Path folder, List<String> more) {
        this.programs = programs;
        this.folder = folder;
        this.more = more;
    }

    /**
     * Starts one, or skips the test where there is none.
     *
     * @param options {@code name=value} of its configuration
     */
    public static PostgresServer start(String... options) throws IOException {
        Path programs = programs();
        Assumptions.assumeTrue(programs != null, "needs PostgreSQL: apt-get install postgresql");
        Path folder = Files.createTempDirectory("fluxrig-pg");
        own(folder);
        PostgresServer server = new PostgresServer(programs, folder, List.of(options));
        server.make();
        server.begin();
        return server;
    }

    /** A file that its user alone may read. */
    public Path put(String name, byte[] content) throws IOException {
        Path file = Files.write(folder.resolve(name), content);
        own(file);
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }

    public int port() {
        return port;
    }

    /** {@code postgresql://...} of a database. */
    public String url(String database) {
        return "postgresql://" + USER + "@127.0.0.1:" + port + "/" + database;
    }

    /** SIGSTOP: connections stay, nobody answers. */
    public void freeze() throws IOException {
        signal("-STOP");
    }

    /** SIGCONT. */
    public void thaw() throws IOException {
        signal("-CONT");
    }

    /** Ends it at once, as a crash does. */
    public void kill() throws IOException {
        thaw();
        // the one that would start the others again goes first
        List<ProcessHandle> all = new ArrayList<>(List.of(process.toHandle()));
        process.descendants().forEach(all::add);
        for (ProcessHandle each : all) {
            each.destroyForcibly();
            each.onExit().orTimeout(START_SECONDS, TimeUnit.SECONDS).join();
        }
    }

    private static int await(Process command) {
        return command.onExit()
                .orTimeout(START_SECONDS, TimeUnit.SECONDS)
                .join()
                .exitValue();
    }

    /** Starts it, on the files that are there. */
    public void begin() throws IOException {
        List<String> arguments = new ArrayList<>(List.of("-D", data().toString()));
        List<String> options = new ArrayList<>(List.of(
                "port=" + port,
                "listen_addresses=127.0.0.1",
                "unix_socket_directories=",
                "fsync=off",
                "shared_buffers=16MB"));
        options.addAll(more);
        options.forEach(option -> arguments.addAll(List.of("-c", option)));
        process = command("postgres", arguments, "server.log");
        long endNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
        while (await(command("pg_isready", List.of("-h", "127.0.0.1", "-p", "" + port), "ready.log")) != 0) {
            assertThat(process.isAlive() && System.nanoTime() - endNs < 0)
                    .as("PostgreSQL starts: %s", Files.readString(folder.resolve("server.log")))
                    .isTrue();
        }
    }

    @Override
    public void close() throws IOException {
        kill();
        try (Stream<Path> all = Files.walk(folder)) {
            all.sorted(Comparator.reverseOrder()).forEach(PostgresServer::delete);
        }
    }

    private void make() throws IOException {
        Path password = put("password", PASSWORD.getBytes(StandardCharsets.US_ASCII));
        List<String> arguments = List.of(
                "-D",
                data().toString(),
                "-U",
                USER,
                "-A",
                "scram-sha-256",
                "--pwfile=" + password,
                "--no-sync",
                "--encoding=UTF8",
                "--no-locale");
        assertThat(await(command("initdb", arguments, "initdb.log")))
                .as("initdb, see %s", folder)
                .isZero();
    }

    private Path data() {
        return folder.resolve("data");
    }

    private Process command(String program, List<String> arguments, String log) throws IOException {
        List<String> command = new ArrayList<>();
        if (isRoot()) {
            command.addAll(List.of("setpriv", "--reuid", SYSTEM_USER, "--regid", SYSTEM_USER, "--clear-groups"));
        }
        command.add(programs.resolve(program).toString());
        command.addAll(arguments);
        return new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(
                        ProcessBuilder.Redirect.appendTo(folder.resolve(log).toFile()))
                .start();
    }

    private void signal(String signal) throws IOException {
        List<String> command = new ArrayList<>(List.of("kill", signal, "" + process.pid()));
        process.descendants().forEach(each -> command.add("" + each.pid()));
        await(new ProcessBuilder(command).redirectErrorStream(true).start());
    }

    private static void own(Path path) throws IOException {
        if (isRoot()) {
            Files.setOwner(
                    path, path.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(SYSTEM_USER));
        }
    }

    private static boolean isRoot() {
        return System.getProperty("user.name").equals("root");
    }

    private static void delete(Path path) {
        try {
            Files.delete(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The newest version's, null where there is none. */
    private static Path programs() throws IOException {
        if (Files.notExists(VERSIONS)) {
            return null;
        }
        try (Stream<Path> versions = Files.list(VERSIONS)) {
            return versions.map(version -> version.resolve("bin"))
                    .filter(bin -> Files.isExecutable(bin.resolve("initdb")))
                    .max(Comparator.comparingInt(bin ->
                            Integer.parseInt(bin.getParent().getFileName().toString())))
                    .orElse(null);
        }
    }
}
