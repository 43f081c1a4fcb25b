package io.fluxrig.mixer.registry;

import java.nio.file.Path;

/** What to do about a DuckDB file that cannot be opened. */
final class DuckRemedy {
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

    /** How a file that has lost something is replaced. */
    static String restore(Path file) {
        return "stop the mixer, move " + file + " and " + file.getFileName()
                + ".wal away, put both back as they are in one backup (without"
                + " the second, if that has none) and start it; without a backup it begins anew, and has racks approved and scenarios"
                + " imported again, while racks run on (docs/operating.md, Back-up and restore)";
    }
}
