package io.fluxrig.cli.demo;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A running process of the demo. Its standard input is a pipe that nobody writes to; when this process dies the pipe ends,
 * and the child ends itself ({@link ParentWatch}).
 */
final class Child implements AutoCloseable {
    private static final int TAIL_LINES = 12;

    private final String name;
    private final Process process;
    private final Path log;

    Child(String name, Process process, Path log) {
        this.name = name;
        this.process = process;
        this.log = log;
    }

    String name() {
        return name;
    }

    Path log() {
        return log;
    }

    Process process() {
        return process;
    }

    boolean alive() {
        return process.isAlive();
    }

    /** The last lines of its log, for an error message. */
    String tail() {
        try {
            List<String> lines = Files.readAllLines(log, StandardCharsets.UTF_8);
            return String.join("\n  ", lines.subList(Math.max(0, lines.size() - TAIL_LINES), lines.size()));
        } catch (IOException e) {
            return "(no log)";
        }
    }

    /** Sends SIGTERM. Not through {@link Process#destroy}: that closes the pipe too, which says that the parent died. */
    void askToEnd() {
        process.toHandle().destroy();
    }

    /** @return its exit code, or -1 after killing it because it took too long */
    int awaitEnd(long timeoutMs) throws InterruptedException {
        if (process.waitFor(timeoutMs, TimeUnit.MILLISECONDS)) {
            return process.exitValue();
        }
        process.destroyForcibly();
        return -1;
    }

    @Override
    public String toString() {
        return name + " (process " + process.pid() + ")";
    }

    /** Kills it if it still lives. */
    @Override
    public void close() {
        process.destroyForcibly();
    }
}
