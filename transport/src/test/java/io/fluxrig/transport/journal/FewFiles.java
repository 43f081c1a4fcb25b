package io.fluxrig.transport.journal;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fluxrig.transport.ends.Shortage;
import java.io.Closeable;
import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;

/** Has this JVM run out of file descriptors, for real, by a soft limit that prlimit lowers. Tests are left out where there is none. */
public final class FewFiles implements AutoCloseable {
    private static final int MORE = 64;

    private final String limitBefore;
    private final Deque<Closeable> held = new ArrayDeque<>();

    private FewFiles(String limitBefore) {
        this.limitBefore = limitBefore;
    }

    /** A few more may be open than are; what a test meets first without any must have its classes here. */
    public static FewFiles allow() throws Exception {
        Class.forName("io.fluxrig.transport.journal.store.NoFileException");
        Class.forName(Shortage.Cause.class.getName());
        String before = prlimit("--output", "SOFT", "--noheadings", "--nofile").strip();
        assumeTrue(!before.isEmpty(), "no prlimit");
        FewFiles few = new FewFiles(before);
        prlimit("--nofile=" + (highest() + MORE) + ":");
        return few;
    }

    private static int highest() throws IOException {
        String[] open = new File("/proc/self/fd").list();
        int highest = 0;
        for (String descriptor : open) {
            highest = Math.max(highest, Integer.parseInt(descriptor));
        }
        return highest;
    }

    private static String prlimit(String... arguments) throws IOException {
        String[] command = new String[arguments.length + 3];
        command[0] = "prlimit";
        command[1] = "--pid";
        command[2] = Long.toString(ProcessHandle.current().pid());
        System.arraycopy(arguments, 0, command, 3, arguments.length);
        try {
            Process process = new ProcessBuilder(command).start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
            return process.waitFor() == 0 ? said : "";
        } catch (IOException noSuchCommand) {
            return "";
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException(interrupted);
        }
    }

    /** Opens all that may be, but for so many. */
    public void exhaust(int free) {
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
    }
}
