package io.fluxrig.transport.journal;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fluxrig.perf.clock.VirtualClock;
import io.fluxrig.transport.ends.Shortage;
import java.io.BufferedReader;
import java.io.Closeable;
import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.stream.Stream;

/**
 * Has this JVM run out of file descriptors, for real, by a soft limit that prlimit lowers. Tests are left out where there is none.
 *
 * <p>A limit forbids numbers, not counts: what is closed meanwhile, by a thread that releases segments or by a collection, leaves
 * nothing to open where the limit lies below all that was open. So prlimit is called by a shell that was there before: this JVM
 * could start no process then.
 */
public final class FewFiles implements AutoCloseable {
    private static final int MORE = 64;
    /** Standard input, output and error, which stay open. */
    private static final int NONE = 3;

    private final Process shell;
    private final Writer commands;
    private final BufferedReader said;
    private final String limitBefore;
    private final Deque<Closeable> held = new ArrayDeque<>();
    private int limit;

    private FewFiles(Process shell) throws IOException {
        this.shell = shell;
        commands = shell.outputWriter(StandardCharsets.US_ASCII);
        said = shell.inputReader(StandardCharsets.US_ASCII);
        limitBefore = prlimit("--output SOFT --noheadings --nofile");
    }

    /** A few more may be open than are. */
    public static FewFiles allow() throws Exception {
        for (Class<?> one : List.of(Shortage.class, FewFiles.class, VirtualClock.class)) {
            loadAllBeside(one);
        }
        FewFiles few = new FewFiles(start());
        if (few.limitBefore.isEmpty()) {
            few.shell.destroy();
        }
        assumeTrue(!few.limitBefore.isEmpty(), "no prlimit");
        few.limit = highest() + MORE;
        few.limit(few.limit);
        return few;
    }

    /** Each class is a file here, of which none could be opened later. */
    private static void loadAllBeside(Class<?> one) throws Exception {
        Path folder =
                Path.of(one.getProtectionDomain().getCodeSource().getLocation().toURI());
        if (!Files.isDirectory(folder)) {
            return; // an archive, which stays open
        }
        try (Stream<Path> files = Files.walk(folder.resolve("io"))) {
            for (Path file :
                    (Iterable<Path>) files.filter(path -> path.toString().endsWith(".class"))::iterator) {
                String name = folder.relativize(file).toString().replace(File.separatorChar, '.');
                Class.forName(name.substring(0, name.length() - ".class".length()), false, one.getClassLoader());
            }
        }
    }

    private static Process start() {
        try {
            return new ProcessBuilder("sh")
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException noSuchCommand) {
            assumeTrue(false, "no shell");
            throw new IllegalStateException(noSuchCommand);
        }
    }

    private static int highest() throws IOException {
        String[] open = new File("/proc/self/fd").list();
        int highest = 0;
        for (String descriptor : open) {
            highest = Math.max(highest, Integer.parseInt(descriptor));
        }
        return highest;
    }

    private void limit(int soft) {
        try {
            prlimit("--nofile=" + soft + ":");
        } catch (IOException noShell) {
            throw new UncheckedIOException(noShell);
        }
    }

    /** What it printed, without spaces; empty where there is no such command. */
    private String prlimit(String arguments) throws IOException {
        commands.write("echo $(prlimit --pid " + ProcessHandle.current().pid() + " " + arguments + ")\n");
        commands.flush();
        return said.readLine().strip();
    }

    /** None can be opened, but for so many of those numbers that are free. */
    public void exhaust(int free) {
        if (free == 0) {
            limit(NONE);
            return;
        }
        try {
            while (true) {
                held.push(open());
            }
        } catch (IOException none) {
            for (int i = 0; i < free; i++) {
                close(held.pop());
            }
        }
    }

    private static InputStream open() throws IOException {
        return new FileInputStream("/dev/null");
    }

    /** There are descriptors again. */
    public void release() {
        limit(limit);
        while (!held.isEmpty()) {
            close(held.pop());
        }
    }

    private static void close(Closeable one) {
        try {
            one.close();
        } catch (IOException stays) {
            throw new IllegalStateException(stays);
        }
    }

    @Override
    public void close() throws IOException {
        release();
        prlimit("--nofile=" + limitBefore + ":");
        shell.destroy();
    }
}
