package io.fluxrig.perf.sched;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Those of Linux, by {@code /proc} and system calls. One thread at a time. */
final class LinuxNices implements Nices {
    private static final File TASKS = new File("/proc/self/task");

    /** The system keeps 15 bytes of {@code C2 CompilerThread0}; from JDK 26 on the JVM leaves out the middle of a long name. */
    private static final List<String> COMPILERS = List.of("C1 Com", "C2 Com");

    private final SchedAttr attr;

    LinuxNices(SchedAttr attr) {
        this.attr = attr;
    }

    @Override
    public List<Integer> compilers() throws IOException {
        String[] tasks = TASKS.list();
        if (tasks == null) {
            throw new IOException(TASKS + " cannot be listed");
        }
        List<Integer> compilers = new ArrayList<>();
        for (String task : tasks) {
            int thread = Integer.parseInt(task);
            if (isCompiler(thread)) {
                compilers.add(thread);
            }
        }
        return compilers;
    }

    private boolean isCompiler(int thread) throws IOException {
        String name;
        try {
            name = Files.readString(Path.of(TASKS.getPath(), Integer.toString(thread), "comm"), StandardCharsets.UTF_8);
        } catch (IOException failed) {
            if (lives(thread)) {
                throw failed;
            }
            return false;
        }
        return COMPILERS.stream().anyMatch(name::startsWith);
    }

    @Override
    public int caller() throws IOException {
        return Integer.parseInt(
                Files.readSymbolicLink(Path.of("/proc/thread-self")).toFile().getName());
    }

    @Override
    public int of(int thread) throws IOException {
        return attr.nice(thread);
    }

    @Override
    public void set(int thread, int nice) throws IOException {
        attr.nice(thread, nice);
    }

    @Override
    public boolean lives(int thread) {
        return new File(TASKS, Integer.toString(thread)).exists();
    }
}
