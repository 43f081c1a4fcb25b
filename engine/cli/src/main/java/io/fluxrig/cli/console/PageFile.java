package io.fluxrig.cli.console;

import io.fluxrig.engine.fault.FileReason;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Predicate;

/** A page that a command writes to a file: over an earlier page, so that it can be made anew, and over nothing else. */
public final class PageFile {
    /** A page says whose it is before that. */
    private static final int BEGINNING_BYTES = 512;

    private PageFile() {}

    /**
     * Checks that no file of somebody's would be lost.
     *
     * @param option which named the file, such as {@code --out}
     * @param page tells a page by its beginning
     * @throws CommandFailure if the file is there and is neither empty nor such a page
     */
    public static void requireReplaceable(String option, Path file, Predicate<String> page) {
        if (Files.isRegularFile(file) && !isPage(option, file, page)) {
            throw CommandFailure.failed(
                    file + " exists and is no such page; choose another " + option + ", or remove it");
        }
    }

    private static boolean isPage(String option, Path file, Predicate<String> page) {
        try (InputStream in = Files.newInputStream(file)) {
            String beginning = new String(in.readNBytes(BEGINNING_BYTES), StandardCharsets.ISO_8859_1);
            return beginning.isEmpty() || page.test(beginning);
        } catch (IOException e) {
            throw CommandFailure.failed(
                    file + " exists and cannot be read: " + FileReason.of(e) + "; choose another " + option);
        }
    }
}
