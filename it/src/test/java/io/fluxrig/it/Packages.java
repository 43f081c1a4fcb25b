package io.fluxrig.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** What {@code bin/package} made of what is built, on behalf of an account whose new files nobody else may read. */
final class Packages {
    private static final long PACK_SECONDS = 240;
    private static final long COMMAND_SECONDS = 60;

    /** Has a JVM find no folder to unpack into, as where there is no /tmp. */
    static final String WITHOUT_TMP = "-Djava.io.tmpdir=/nowhere/at/all";

    private final Path folder;
    private final String said;

    private Packages(Path folder, String said) {
        this.folder = folder;
        this.said = said;
    }

    /** Packs into a folder; nothing is built, and one kind that cannot be made here is for the test to find missing. */
    static Packages make(Path folder, String... arguments) throws IOException, InterruptedException {
        Files.createDirectories(folder);
        List<String> line = new ArrayList<>(List.of("bash", "-c", "umask 077; exec \"$0\" \"$@\""));
        line.add(RackUnderTest.repositoryRoot().resolve("bin/package").toString());
        line.addAll(List.of(arguments));
        line.addAll(List.of("--out", folder.toString()));
        ProcessBuilder builder = new ProcessBuilder(line).redirectErrorStream(true);
        builder.environment().put("FLUXRIG_NO_BUILD", "1");
        Path log = folder.resolve("package.log");
        Process process = builder.redirectOutput(log.toFile()).start();
        if (!process.waitFor(PACK_SECONDS, TimeUnit.SECONDS)) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
        return new Packages(folder, Files.readString(log));
    }

    /**
     * A new folder for packages and what is in them; {@link #remove} takes it away. JUnit's own warns of every link in there that leads
     * out of it.
     */
    static Path newFolder() throws IOException {
        return Files.createTempDirectory("packages");
    }

    /** With all that is in there, and nothing that links lead to. */
    static void remove(Path folder) throws IOException, InterruptedException {
        run("rm", "-rf", folder.toString());
    }

    /** What it printed. */
    String said() {
        return said;
    }

    /** The one that ends so, which must be there. */
    Path file(String ending) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> found =
                    files.filter(file -> file.toString().endsWith(ending)).toList();
            assertThat(found).as(said).hasSize(1);
            return found.get(0);
        }
    }

    /** Unpacks an image into a folder; where fluxrig is in there. */
    Path unpack(Path into) throws IOException, InterruptedException {
        Files.createDirectories(into);
        run("tar", "-xzf", file(".tar.gz").toString(), "-C", into.toString());
        try (Stream<Path> homes = Files.list(into)) {
            return homes.findFirst().orElseThrow();
        }
    }

    /**
     * Starts fluxrig of an image in a folder; both outputs go to files there.
     *
     * @param bare what its machine has, of {@link #withoutJava}
     */
    static Process fluxrig(
            Path home, Path work, Map<String, String> bare, Map<String, String> variables, String... arguments)
            throws IOException {
        Files.createDirectories(work);
        List<String> line = new ArrayList<>(List.of(home.resolve("bin/fluxrig").toString()));
        line.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(line)
                .directory(work.toFile())
                .redirectOutput(work.resolve("stdout.txt").toFile())
                .redirectError(work.resolve("stderr.txt").toFile());
        builder.environment().clear();
        builder.environment().putAll(bare);
        builder.environment().putAll(variables);
        return builder.start();
    }

    /** Waits for its end. */
    static int exitCode(Process process) throws InterruptedException {
        if (!process.waitFor(COMMAND_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError("it does not end within " + COMMAND_SECONDS + " s");
        }
        return process.exitValue();
    }

    /** Runs a command of the system, which must end well; what it printed. */
    static String run(String... command) throws IOException, InterruptedException {
        return run(Map.of(), command);
    }

    /** The same with variables beside its own. */
    static String run(Map<String, String> variables, String... command) throws IOException, InterruptedException {
        Path log = Files.createTempFile("command", ".txt");
        try {
            int status = status(variables, log, command);
            String printed = Files.readString(log);
            assertThat(status).as("%s: %s", List.of(command), printed).isZero();
            return printed;
        } finally {
            Files.delete(log);
        }
    }

    /** Its exit code; all that it prints goes to the file. */
    static int status(Map<String, String> variables, Path log, String... command)
            throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(variables);
        Process process = builder.redirectOutput(log.toFile()).start();
        if (!process.waitFor(COMMAND_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError(List.of(command) + " takes longer than " + COMMAND_SECONDS + " s");
        }
        return process.exitValue();
    }

    /** Whether there is such a command, and it ends well. */
    static boolean there(String... command) throws InterruptedException {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor(COMMAND_SECONDS, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException none) {
            return false;
        }
    }

    /**
     * The variables of a machine that has no Java and no Maven, as a process is to have them and no others.
     *
     * @param tools an empty folder, which becomes its PATH
     */
    static Map<String, String> withoutJava(Path tools) throws IOException {
        Files.createDirectories(tools);
        for (String place : List.of("/usr/bin", "/bin")) {
            try (Stream<Path> commands = Files.list(Path.of(place))) {
                for (Path command : commands.toList()) {
                    Path link = tools.resolve(command.getFileName());
                    if (Files.isExecutable(command) && !Files.exists(link) && !isOfJava(command)) {
                        Files.createSymbolicLink(link, command);
                    }
                }
            }
        }
        Map<String, String> variables = new HashMap<>();
        variables.put("PATH", tools.toString());
        return variables;
    }

    private static boolean isOfJava(Path command) throws IOException {
        String real = command.toRealPath().toString();
        String name = command.getFileName().toString();
        return real.contains("/jvm/") || name.startsWith("mvn") || name.equals("java") || name.equals("javac");
    }
}
