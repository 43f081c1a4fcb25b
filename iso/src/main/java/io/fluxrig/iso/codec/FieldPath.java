package io.fluxrig.iso.codec;

import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A way to one value in a message, parsed once: {@code mti}, {@code 2}, {@code 55.9F02}, {@code 48.2.1}, also behind
 * {@code iso8583.} and {@code iso8583.field.}. Immutable. Each key is 1 to 8 printable ASCII characters; letters in
 * keys of parts are kept as they are.
 *
 * <p>Of parts that come several times under one key in one composite the first goes by the key alone, the second by {@code 82#2},
 * and so on. A key that itself ends so is written with what it is the first of: {@code A#2#1}.
 */
public final class FieldPath {

    /** Keys in a path at most, the field's number included. */
    public static final int DEPTH_MAX = 16;

    private static final String ISO = "iso8583.";
    private static final String FIELD = "field.";
    private static final Pattern COUNTED = Pattern.compile("(.+)#([1-9][0-9]{0,3})");

    private final String text;
    private final int field;
    private final long[] keys;
    /** Which of several each key means, from 1; null where each means the first. */
    private final int[] counts;

    private FieldPath(String text, int field, long[] keys, int[] counts) {
        this.text = text;
        this.field = field;
        this.keys = keys;
        this.counts = counts;
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
        int[] counts = new int[keys.length];
        boolean counted = false;
        for (int i = 1; i < parts.length; i++) {
            Matcher several = COUNTED.matcher(parts[i]);
            String key = several.matches() ? several.group(1) : parts[i];
            if (!PartKey.isValid(key)) {
                throw new IllegalArgumentException(
                        "path " + path + ": key " + i + ", expected 1 to 8 printable characters");
            }
            keys[i - 1] = PartKey.of(key);
            counts[i - 1] = several.matches() ? Integer.parseInt(several.group(2)) : 1;
            counted |= counts[i - 1] > 1;
            parts[i] = key(key, counts[i - 1]);
        }
        return new FieldPath(String.join(".", parts), number(path, parts[0]), keys, counted ? counts : null);
    }

    /** A part's key as a path has it: with the number of those of that key that came before it and itself, where it needs one. */
    public static String key(String key, int count) {
        return count > 1 || COUNTED.matcher(key).matches() ? key + "#" + count : key;
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

    /** Which of several parts of the key at a depth is meant, from 1. */
    int count(int depth) {
        return counts == null ? 1 : counts[depth];
    }

    /** The same way to the first part of each key: what a dialect says of one part goes for all of its key. */
    public FieldPath first() {
        if (counts == null) {
            return this;
        }
        StringBuilder first = new StringBuilder(text.length()).append(field == 0 ? "mti" : Integer.toString(field));
        for (long key : keys) {
            first.append('.').append(key(PartKey.text(key), 1));
        }
        return new FieldPath(first.toString(), field, keys, null);
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
