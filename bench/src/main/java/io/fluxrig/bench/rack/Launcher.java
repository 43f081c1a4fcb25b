package io.fluxrig.bench.rack;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** {@code bin/fluxrig}: how a user starts a rack, with its flags and the class-data archive. */
public final class Launcher {
    public static final String COMMAND = "bin/fluxrig";
    /** Variable with flags for the JVM that it starts. */
    public static final String JAVA_OPTIONS = "FLUXRIG_JAVA_OPTS";

    private Launcher() {}

    /** Flags for {@link #JAVA_OPTIONS}, and the one that has the JVM end with whoever started it. */
    public static String flags(List<String> flags) {
        List<String> all = new ArrayList<>(flags);
        all.add(Contestant.DIE_WITH_PARENT);
        return String.join(" ", all);
    }

    /**
     * Builds and rehearses where that is due, before anything is measured. Blocks.
     *
     * @param environment as the starts that follow have it
     * @throws IOException if it fails; it has said why on standard error
     */
    public static void prepare(Map<String, String> environment) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(COMMAND, "version")
                .redirectOutput(Redirect.DISCARD)
                .redirectError(Redirect.INHERIT);
        builder.environment().putAll(environment);
        int code = builder.start().waitFor();
        if (code != 0) {
            throw new IOException(COMMAND + " version ended with " + code + "; it says why above");
        }
    }
}
