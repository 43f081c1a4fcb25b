package io.fluxrig.engine.log;

import io.fluxrig.engine.config.NodeConfig;
import io.fluxrig.engine.config.NodeConfig.Origin;
import io.fluxrig.engine.config.NodeKeys;
import java.nio.file.Path;

/**
 * Where log lines go and how much of them is kept.
 *
 * @param level error, warn, info, debug or trace; holds for fluxrig and gears, libraries stay at info or above
 * @param pinned whether the level was given to this process alone, so that no scenario changes it
 * @param console text, json or off
 * @param file null for none
 * @param fileBytes size at which the file is rotated
 * @param fileDays days that rotated files are kept
 * @param totalBytes all files together
 * @param queueLines lines waiting to be written; more are dropped and counted
 */
public record LogOptions(
        String level,
        boolean pinned,
        String console,
        Path file,
        long fileBytes,
        int fileDays,
        long totalBytes,
        int queueLines) {

    /** With a level that a scenario may change. */
    public LogOptions(
            String level, String console, Path file, long fileBytes, int fileDays, long totalBytes, int queueLines) {
        this(level, false, console, file, fileBytes, fileDays, totalBytes, queueLines);
    }

    /** As the node's configuration says. */
    public static LogOptions from(NodeConfig config) {
        Origin of = config.setting(NodeKeys.LOGGING_LEVEL).origin();
        return new LogOptions(
                config.text(NodeKeys.LOGGING_LEVEL),
                of == Origin.ENVIRONMENT || of == Origin.FLAG,
                config.text(NodeKeys.LOGGING_CONSOLE),
                config.text(NodeKeys.LOGGING_FILE).isEmpty() ? null : config.dataPath(NodeKeys.LOGGING_FILE),
                config.number(NodeKeys.LOGGING_FILE_SIZE),
                (int) config.number(NodeKeys.LOGGING_FILE_DAYS),
                config.number(NodeKeys.LOGGING_TOTAL_SIZE),
                (int) config.number(NodeKeys.LOGGING_QUEUE));
    }
}
