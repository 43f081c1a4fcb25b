package io.fluxrig.engine.net;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Which process listens on a port of this machine, as far as the system tells this user: its own processes, all of them to root. Reads
 * {@code /proc}, so on Linux only, and never on a strip. Stateless; any thread.
 */
public final class PortOwner {
    private static final String LISTENS = "0A";
    /** Files of {@code /proc/net/tcp} and processes that are looked at, at most. */
    private static final int LOOKS_MAX = 100_000;

    private PortOwner() {}

    /** {@code " (process 4711, java)"}; empty where nobody can tell. */
    public static String of(int port) {
        return of(port, Path.of("/proc"));
    }

    static String of(int port, Path proc) {
        try {
            Set<String> sockets = sockets(port, proc);
            return sockets.isEmpty() ? "" : holder(sockets, proc);
        } catch (IOException | UncheckedIOException | DirectoryIteratorException untold) {
            return ""; // no such system, or it does not say: the line without it is true as well
        }
    }

    /** {@code socket:[INODE]} of all that listen on the port. */
    private static Set<String> sockets(int port, Path proc) throws IOException {
        String hex = String.format(":%04X", port);
        Set<String> found = new HashSet<>();
        for (String table : List.of("net/tcp", "net/tcp6")) {
            Path file = proc.resolve(table);
            if (Files.isReadable(file)) {
                try (Stream<String> lines = Files.lines(file, StandardCharsets.US_ASCII)) {
                    lines.limit(LOOKS_MAX)
                            .map(line -> line.strip().split("\\s+"))
                            .filter(words -> words.length > 9 && words[1].endsWith(hex) && words[3].equals(LISTENS))
                            .forEach(words -> found.add("socket:[" + words[9] + "]"));
                }
            }
        }
        return found;
    }

    private static String holder(Set<String> sockets, Path proc) throws IOException {
        int looks = 0;
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(proc, "[0-9]*")) {
            for (Path process : processes) {
                if (++looks > LOOKS_MAX) {
                    break;
                }
                if (holds(process.resolve("fd"), sockets)) {
                    String name = Files.readString(process.resolve("comm"), StandardCharsets.UTF_8)
                            .strip();
                    return " (process " + process.getFileName() + ", " + name.replaceAll("[^\\x20-\\x7e]", "?") + ")";
                }
            }
        }
        return "";
    }

    /** False also for somebody else's process, and one that has ended. */
    private static boolean holds(Path folder, Set<String> sockets) {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                if (sockets.contains(linked(file))) {
                    return true;
                }
            }
            return false;
        } catch (IOException | DirectoryIteratorException notOurs) {
            return false;
        }
    }

    private static String linked(Path file) {
        try {
            return Files.readSymbolicLink(file).toString();
        } catch (IOException closedMeanwhile) {
            return "";
        }
    }
}
