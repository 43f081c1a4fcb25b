package io.fluxrig.bench.versus;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The Java that contenders run on, with the flags that {@code bin/fluxrig} gives a rack.
 *
 * @param home folder of the JDK
 * @param collector {@code Parallel}, {@code G1}, {@code Z} or {@code Serial}
 */
record Jvm(Path home, String collector) {
    private static final int NATIVE_ACCESS = 22;
    private static final int UNSAFE_ACCESS = 23;

    /** The command without class path and main class. */
    List<String> command() throws IOException {
        List<String> command = new ArrayList<>();
        command.add(home.resolve("bin/java").toString());
        command.addAll(flags());
        return command;
    }

    List<String> flags() throws IOException {
        List<String> flags = new ArrayList<>(List.of(
                "-XX:+Use" + collector + "GC",
                "-Xms128m",
                "-XX:+ExitOnOutOfMemoryError",
                "-Xshare:auto",
                "-Dio.netty.tryReflectionSetAccessible=true",
                "--add-opens=java.base/java.nio=ALL-UNNAMED"));
        int release = release();
        if (release >= NATIVE_ACCESS) {
            flags.add("--enable-native-access=ALL-UNNAMED");
        }
        if (release >= UNSAFE_ACCESS) {
            flags.add("--sun-misc-unsafe-memory-access=allow");
        }
        return flags;
    }

    /** Its full version, such as {@code 17.0.15}. */
    String version() throws IOException {
        Path file = home.resolve("release");
        if (!Files.isReadable(file)) {
            throw new IOException(home + " is no JDK: it has no file 'release'; give --java the home of one");
        }
        String start = "JAVA_VERSION=\"";
        return Files.readAllLines(file).stream()
                .filter(line -> line.startsWith(start))
                .map(line -> line.substring(start.length(), line.lastIndexOf('"')))
                .findFirst()
                .orElseThrow(() -> new IOException(file + " names no JAVA_VERSION; give --java the home of a JDK"));
    }

    private int release() throws IOException {
        return Integer.parseInt(version().split("\\D", 2)[0]);
    }
}
