package io.fluxrig.mixer.registry;

import java.nio.file.Path;

/** What to do about a DuckDB file that cannot be opened. */
final class DuckRemedy {
    private static final int CAUSES_MAX = 8;
    /** In the name of the library where a package has it; a copy of what the jar holds is called otherwise. */
    private static final String BESIDE = "libduckdb_java.so_";

    private DuckRemedy() {}

    /** {@code "; ..."}, by what DuckDB says. */
    static String of(Path file, String words) {
        if (words.contains("lock")) {
            return "; another process has it: end that";
        }
        if (words.contains("No space left on device")) {
            return "; the disk is full: df -h " + file.toAbsolutePath().getParent()
                    + ", free space there and start the mixer again";
        }
        if (words.contains("Permission denied")) {
            return "; it is for the user that the mixer runs as: chown it";
        }
        return "; if it is damaged: " + restore(file);
    }

    /** Where DuckDB itself does not begin: what it says, and what to do. */
    static String ofLibrary(LinkageError broken) {
        Throwable first = broken; // of one that a class's beginning threw the error has no words of its own
        for (int depth = 0; first.getCause() != null && depth < CAUSES_MAX; depth++) {
            first = first.getCause();
        }
        String words = first.toString().lines().findFirst().orElse("");
        if (words.contains(BESIDE)) {
            return "DuckDB's native library, which is beside its jar, does not load (" + words
                    + "): it must be whole, readable and on no disk that is noexec, else install fluxrig again";
        }
        return "DuckDB's native library cannot be loaded (" + words + "); the folder where it is unpacked, "
                + System.getProperty("java.io.tmpdir")
                + ", must have room for 80 MB, be writable and not noexec: another one is named by"
                + " FLUXRIG_JAVA_OPTS=-Djava.io.tmpdir=FOLDER";
    }

    /** How a file that has lost something is replaced. */
    static String restore(Path file) {
        return "stop the mixer, move " + file + " and " + file.getFileName()
                + ".wal away, put both back as they are in one backup (without"
                + " the second, if that has none) and start it; without a backup it begins anew, and has racks approved and scenarios"
                + " imported again, while racks run on (docs/operating.md, Back-up and restore)";
    }
}
