package io.fluxrig.iso.spec;

import java.util.regex.Pattern;

/**
 * One thing wrong with a spec file.
 *
 * @param severity whether the spec can be used all the same
 * @param file name of the file
 * @param line from 1
 * @param column from 1
 * @param path where in the document, such as {@code spec.fields.39.values_ref}
 * @param message what is wrong
 * @param fix what to do about it
 */
public record SpecFault(Severity severity, String file, int line, int column, String path, String message, String fix) {
    /** Whether the spec can be used all the same. */
    public enum Severity {
        ERROR,
        WARNING
    }

    private static final int TEXT_MAX = 2_000;
    private static final Pattern UNSEEN = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]");

    public SpecFault {
        path = oneLine(path);
        message = oneLine(message);
    }

    /** Words that quote a file, as one line that can do nothing to a terminal, and no longer than people read. */
    public static String oneLine(String text) {
        String start = text.length() > TEXT_MAX ? text.substring(0, TEXT_MAX) + "..." : text;
        return UNSEEN.matcher(start).replaceAll("?");
    }

    /** {@code file:line:column: path: message. Fix.} */
    @Override
    public String toString() {
        String where = path.isEmpty() ? "" : path + ": ";
        return file + ":" + line + ":" + column + ": " + where + message + (fix.isEmpty() ? "" : "; " + fix);
    }
}
