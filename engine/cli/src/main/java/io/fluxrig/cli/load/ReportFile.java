package io.fluxrig.cli.load;

import io.fluxrig.cli.console.CommandFailure;
import io.fluxrig.cli.console.PageFile;
import io.fluxrig.engine.fault.FileReason;
import io.fluxrig.load.report.Html;
import io.fluxrig.load.report.HtmlReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A file that a run writes when it is over; that it can be written is found out before. */
final class ReportFile {
    private final String option;
    private final Path file;

    /**
     * Makes nothing, as other commands that are told a file.
     *
     * @throws CommandFailure if it cannot be written, its folder is not there, or it is there and is no earlier report
     */
    ReportFile(String option, Path file) {
        this.option = option;
        this.file = file;
        PageFile.requireReplaceable(option, file, Html::isPage);
        requireFolder(option, file);
        try {
            boolean there = Files.exists(file);
            Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)
                    .close();
            if (!there) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw failure(e);
        }
    }

    /** Whoever mistypes a folder is told so, and does not look for the file where it was meant to be. */
    static void requireFolder(String option, Path file) {
        Path folder = file.toAbsolutePath().resolveSibling("");
        if (Files.notExists(folder)) {
            throw CommandFailure.failed("cannot write " + file + ": there is no folder " + folder
                    + "; make it, or choose another " + option);
        }
    }

    void write(HtmlReport report) {
        try {
            report.write(file);
        } catch (IOException e) {
            throw failure(e);
        }
    }

    private CommandFailure failure(IOException e) {
        String reason = Files.isDirectory(file) ? "it is a folder" : FileReason.of(e);
        return CommandFailure.failed("cannot write " + file + ": " + reason + "; choose another " + option);
    }

    @Override
    public String toString() {
        return file.toString();
    }
}
