package io.fluxrig.cli.config;

import io.fluxrig.cli.console.CommandFailure;
import io.fluxrig.engine.fault.FileReason;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/** A file to write where there is none. */
record NewFile(Path path, String text) {
    private static final String ELSEWHERE = "; choose another --dir";

    /** Makes a folder with those above it; whether it was not there before. */
    static boolean makeFolder(Path dir) {
        if (Files.isDirectory(dir)) {
            return false;
        }
        try {
            Files.createDirectories(dir);
            return true;
        } catch (IOException e) {
            throw CommandFailure.failed("cannot make the folder " + dir + ": " + FileReason.of(e) + ELSEWHERE);
        }
    }

    /**
     * Writes all of them, or leaves none behind. A file that is there, or comes while this runs, is never overwritten.
     *
     * @throws CommandFailure with the file, why, and what to do; names what could not be removed again
     */
    static void writeAll(List<NewFile> files) {
        List<Path> made = new ArrayList<>();
        for (NewFile file : files) {
            try {
                file.write(made);
            } catch (FileAlreadyExistsException e) {
                throw CommandFailure.failed(file.path + " exists; choose another name, or another --dir" + undo(made));
            } catch (IOException e) {
                throw CommandFailure.failed(
                        "cannot write " + file.path + ": " + FileReason.of(e) + ELSEWHERE + undo(made));
            }
        }
    }

    /** @param made gets the path as soon as the file is there, though nothing or half of it may be written */
    private void write(List<Path> made) throws IOException {
        try (OutputStream out = Files.newOutputStream(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            made.add(path);
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
    }

    /** Removes them; says which could not be removed. */
    private static String undo(List<Path> made) {
        StringBuilder left = new StringBuilder();
        for (Path path : made) {
            try {
                Files.deleteIfExists(path);
            } catch (IOException e) {
                left.append("; remove ")
                        .append(path)
                        .append(", which this left behind: ")
                        .append(FileReason.of(e));
            }
        }
        return left.toString();
    }
}
