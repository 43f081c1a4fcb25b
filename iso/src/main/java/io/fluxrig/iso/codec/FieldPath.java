package io.fluxrig.iso.codec;

import java.util.Objects;

/**
 * A way to one value in a message, parsed once: {@code mti}, {@code 2}, {@code 55.9F02}, {@code 48.2.1}, also behind
 * {@code iso8583.} and {@code iso8583.field.}. Immutable. Each key is 1 to 8 printable ASCII characters; letters in
 * keys of parts are kept as they are.
 */
public final class FieldPath {

    /** Keys in a path at most, the field's number included. */
    public static final int DEPTH_MAX = 16;

    private static final String ISO = "iso8583.";
    private static final String FIELD = "field.";

    private final String text;
    private final int field;
    private final long[] keys;

    private FieldPath(String text, int field, long[] keys) {
        this.text = text;
        this.field = field;
        this.keys = keys;
    }

    /**
     * Parses a path.
     *
     * @throws IllegalArgumentException if it is not one, saying what was expected
     */
    public static FieldPath parse(String path) {
        Objects.requireNonNull(path, "path");
        String rest = path.startsWith(ISO) ? path.substring(ISO.length()) : path;
        rest = rest.startsWith(FIELD) ? rest.substring(FIELD.length()) : rest;
        String[] parts = rest.split("\\.", -1);
        if (parts.length > DEPTH_MAX) {
            throw new IllegalArgumentException("path " + path + ": expected at most " + DEPTH_MAX + " keys");
        }
        long[] keys = new long[parts.length - 1];
        for (int i = 1; i < parts.length; i++) {
            if (!PartKey.isValid(parts[i])) {
                throw new IllegalArgumentException(
                        "path " + path + ": key " + i + ", expected 1 to 8 printable characters");
            }
            keys[i - 1] = PartKey.of(parts[i]);
        }
        return new FieldPath(rest, number(path, parts[0]), keys);
    }

    /** The path of a whole field, 0 for the MTI. */
    public static FieldPath of(int field) {
        return parse(field == 0 ? "mti" : Integer.toString(field));
    }

    private static int number(String path, String part) {
        if ("mti".equals(part)) {
            return 0;
        }
        int number = part.matches("[0-9]{1,3}") ? Integer.parseInt(part) : -1;
        if (number < 0 || number > 192) {
            throw new IllegalArgumentException("path " + path + ": expected mti or a field number from 0 to 192");
        }
        return number;
    }

    /** The DE number, 0 for the MTI. */
    public int field() {
        return field;
    }

    /** Keys below the field, 0 for a whole field. */
    public int depth() {
        return keys.length;
    }

    /** The key at a depth, packed as {@link PartKey} does. */
    long key(int depth) {
        return keys[depth];
    }

    /** Writes the text of {@link #toString} as ASCII and returns its length; allocates nothing. */
    public int copyTo(byte[] dst, int dstOffset) {
        for (int i = 0; i < text.length(); i++) {
            dst[dstOffset + i] = (byte) text.charAt(i);
        }
        return text.length();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof FieldPath path && path.text.equals(text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    /** The path without its prefix: {@code 55.9F02}. */
    @Override
    public String toString() {
        return text;
    }
}
