package io.fluxrig.engine.fault;

/**
 * A point in a text file.
 *
 * @param file as the operator named it
 * @param line from 1, 0 where it is not known
 * @param column from 1, 0 where it is not known
 */
public record Place(String file, int line, int column) {

    /** The file as a whole. */
    public static Place ofFile(String file) {
        return new Place(file, 0, 0);
    }

    /** {@code file:line:column}, as editors and terminals make clickable; parts not known are left out. */
    @Override
    public String toString() {
        if (line <= 0) {
            return file;
        }
        return column <= 0 ? file + ":" + line : file + ":" + line + ":" + column;
    }
}
