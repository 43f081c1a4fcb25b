package io.fluxrig.engine.rack.api;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * When a process of this machine began, in its kernel's own ticks: the same number inside a container and outside, whatever the clock says, and
 * another one for whoever has the same number in another container or on another machine. Stateless; any thread.
 */
public final class ProcessStart {
    /** Of a process that is not here, and on a system that does not tell. */
    public static final long UNKNOWN = -1;

    /** Behind the name, which stands in brackets and may hold anything. */
    private static final int FIELDS_BEFORE = 2;

    private static final int START = 22;

    private ProcessStart() {}

    /** Ticks from the machine's start to the process's ({@code starttime} in proc(5)), or {@link #UNKNOWN}. */
    public static long ticks(long pid) {
        try {
            return parse(Files.readString(Path.of("/proc", Long.toString(pid), "stat"), StandardCharsets.ISO_8859_1));
        } catch (IOException notTold) {
            return UNKNOWN;
        }
    }

    static long parse(String stat) {
        String[] fields = stat.substring(stat.lastIndexOf(')') + 1).strip().split(" ", -1);
        int at = START - FIELDS_BEFORE - 1;
        return fields.length > at && fields[at].matches("[0-9]{1,18}") ? Long.parseLong(fields[at]) : UNKNOWN;
    }
}
