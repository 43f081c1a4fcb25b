package io.fluxrig.cli;

import io.fluxrig.cli.console.ExitCode;
import io.fluxrig.iso.mask.MaskingText;
import java.io.PrintStream;
import java.util.Locale;

/** What a process says that an error ends which no command expects: a JVM without files, classes, memory or threads. */
final class LastWords {
    /** Causes looked at, one behind the other. */
    private static final int CAUSES_MAX = 8;

    private LastWords() {}

    /**
     * Says in one line what happened, why and what to do. Uses as few classes as it can: there may be no way to load more.
     *
     * @return the exit code
     */
    static int say(Throwable broken, PrintStream err) {
        err.println("fluxrig: cannot go on: " + MaskingText.scrub(broken + "; " + remedy(broken)));
        return ExitCode.FAILED;
    }

    private static String remedy(Throwable broken) {
        Throwable cause = broken;
        for (int depth = 0; cause != null && depth < CAUSES_MAX; depth++) {
            String words = String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT);
            if (words.contains("too many open files")) {
                return "this process may have too few files open: raise ulimit -n";
            }
            if (words.contains("failed to map segment") || cause instanceof UnsatisfiedLinkError) {
                return ofLibrary(String.valueOf(cause.getMessage()));
            }
            cause = cause.getCause();
        }
        if (broken instanceof OutOfMemoryError) {
            return "give it more memory, or more threads (ulimit -u)";
        }
        return broken instanceof LinkageError
                ? "a class could not be loaded: raise ulimit -n if it is low, else build again (remove engine/cli/target)"
                : "run it again with FLUXRIG_DEBUG=1, and report what it says";
    }

    /** What the JVM says begins with the file. */
    private static String ofLibrary(String words) {
        String folder = System.getProperty("java.io.tmpdir");
        int end = words.indexOf(": ");
        if (words.startsWith("/") && end > 0 && !words.startsWith(folder)) {
            return "a native library that is beside the jars does not load, and is not unpacked elsewhere: "
                    + words.substring(0, end)
                    + " must be whole, readable and on no disk that is noexec, else install fluxrig again";
        }
        return "a native library could not be loaded: the folder where it is unpacked, " + folder
                + ", must be writable and not noexec;"
                + " another one is named by FLUXRIG_JAVA_OPTS=-Djava.io.tmpdir=FOLDER";
    }
}
