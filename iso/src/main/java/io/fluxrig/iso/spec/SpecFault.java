package io.fluxrig.iso.spec;

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

    /** {@code file:line:column: path: message. Fix.} */
    @Override
    public String toString() {
        String where = path.isEmpty() ? "" : path + ": ";
        return file + ":" + line + ":" + column + ": " + where + message + (fix.isEmpty() ? "" : "; " + fix);
    }
}
