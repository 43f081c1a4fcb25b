package io.fluxrig.cli;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a path, and says what to do where the process's locale cannot write its characters. */
final class PathText implements ITypeConverter<Path> {
    private static final int ASCII_MAX = 0x7F;

    @Override
    public Path convert(String text) {
        try {
            return Path.of(text);
        } catch (InvalidPathException notHere) {
            throw new TypeConversionException(refusal(text, notHere.getReason()));
        }
    }

    static String refusal(String text, String reason) {
        return text.chars().anyMatch(c -> c > ASCII_MAX)
                ? "'" + text
                        + "': this locale has no such characters in names of files; set LC_ALL to one of UTF-8, such as"
                        + " C.UTF-8, or use a name of plain letters"
                : "'" + text + "' names no file: " + reason;
    }
}
