package io.fluxrig.engine.metrics;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the kernel says the process has in RAM; Linux only. Any thread. */
final class ResidentMemory {
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final Pattern LINE = Pattern.compile("(?m)^VmRSS:\\s+(\\d+) kB$");
    private static final double KIB = 1024;

    private ResidentMemory() {}

    /** Whether this system tells. */
    static boolean known() {
        return !Double.isNaN(bytes());
    }

    /** NaN where it cannot be read. */
    static double bytes() {
        try {
            return parse(Files.readString(STATUS));
        } catch (IOException elsewhere) {
            return Double.NaN;
        }
    }

    static double parse(String status) {
        Matcher line = LINE.matcher(status);
        return line.find() ? Long.parseLong(line.group(1)) * KIB : Double.NaN;
    }
}
