package io.fluxrig.perf.sched;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The threads of this process as Linux lists them. The system keeps the first {@value #NAME_MAX} bytes of a name. */
record OwnThreads(List<OwnThread> all) {
    static final int NAME_MAX = 15;

    private static final Path TASKS = Path.of("/proc/self/task");

    /** A thread by the system's number. */
    record OwnThread(int number, String name) {}

    /** Those that live now; one that ends meanwhile is left out. */
    static OwnThreads now() throws IOException {
        List<OwnThread> threads = new ArrayList<>();
        try (Stream<Path> tasks = Files.list(TASKS)) {
            for (Path task : tasks.toList()) {
                String name = name(task);
                if (name != null) {
                    threads.add(new OwnThread(Integer.parseInt(task.toFile().getName()), name));
                }
            }
        }
        return new OwnThreads(List.copyOf(threads));
    }

    /** Those whose Java name begins so, as far as the system keeps it. */
    List<OwnThread> beginningWith(String name) {
        String kept = name.length() > NAME_MAX ? name.substring(0, NAME_MAX) : name;
        return all.stream().filter(thread -> thread.name().startsWith(kept)).toList();
    }

    /** Null where it has ended: opening its file fails then, or reading it. */
    private static String name(Path task) {
        try {
            return Files.readString(task.resolve("comm"), StandardCharsets.UTF_8)
                    .strip();
        } catch (IOException ended) {
            return null;
        }
    }
}
