package io.fluxrig.engine.gear;

import java.util.List;

/**
 * One configuration key: name, type, default, range and a line of meaning.
 *
 * @param defaultValue as it would be written in YAML, null if there is none
 * @param choices the allowed words of a {@link Type#CHOICE}, else empty
 * @param min smallest number or length allowed, in the key's unit
 * @param max largest number or length allowed
 * @param children the keys of a {@link Type#SECTION} or of each entry of a {@link Type#SECTIONS}, else empty; a section
 *     without children takes any keys
 */
public record ConfigKey(
        String name,
        Type type,
        Object defaultValue,
        boolean required,
        List<String> choices,
        long min,
        long max,
        String doc,
        List<ConfigKey> children) {

    /** How a value is written. */
    public enum Type {
        /** Words; a number or a flag must stand in quotes, since whoever wrote it bare may have meant another key. */
        TEXT,
        /** Text that is often all digits (a station id, an MTI, hex): a bare number is taken as it is written. */
        CODE,
        /** Name of a file or folder. */
        PATH,
        NUMBER,
        FLAG,
        /** {@code 250ms}, {@code 5s}, {@code 1m}, {@code 2h}; read as nanoseconds. */
        DURATION,
        /** {@code 64KiB}, {@code 1MiB} or plain bytes. */
        SIZE,
        CHOICE,
        /** {@code host:port} or {@code :port}. */
        ADDRESS,
        /** One text or a list of them, such as BIN prefixes: bare numbers are taken as they are written. */
        TEXTS,
        /** A map with known keys. */
        SECTION,
        /** A list of maps with known keys. */
        SECTIONS,
        /** Any YAML; the factory checks it. */
        TREE
    }

    public static ConfigKey text(String name, String defaultValue, String doc) {
        return of(name, Type.TEXT, defaultValue, doc);
    }

    public static ConfigKey code(String name, String defaultValue, String doc) {
        return of(name, Type.CODE, defaultValue, doc);
    }

    public static ConfigKey path(String name, String defaultValue, String doc) {
        return of(name, Type.PATH, defaultValue, doc);
    }

    public static ConfigKey flag(String name, boolean defaultValue, String doc) {
        return of(name, Type.FLAG, defaultValue, doc);
    }

    public static ConfigKey duration(String name, String defaultValue, String doc) {
        return of(name, Type.DURATION, defaultValue, doc);
    }

    public static ConfigKey address(String name, String doc) {
        return of(name, Type.ADDRESS, null, doc);
    }

    public static ConfigKey texts(String name, String doc) {
        return of(name, Type.TEXTS, null, doc);
    }

    public static ConfigKey tree(String name, String doc) {
        return of(name, Type.TREE, null, doc);
    }

    public static ConfigKey number(String name, Long defaultValue, long min, long max, String doc) {
        return new ConfigKey(name, Type.NUMBER, defaultValue, false, List.of(), min, max, doc, List.of());
    }

    public static ConfigKey choice(String name, String defaultValue, String doc, String... choices) {
        return new ConfigKey(name, Type.CHOICE, defaultValue, false, List.of(choices), 0, 0, doc, List.of());
    }

    public static ConfigKey section(String name, String doc, ConfigKey... children) {
        return new ConfigKey(name, Type.SECTION, null, false, List.of(), 0, 0, doc, List.of(children));
    }

    public static ConfigKey sections(String name, String doc, ConfigKey... children) {
        return new ConfigKey(name, Type.SECTIONS, null, false, List.of(), 0, 0, doc, List.of(children));
    }

    public static ConfigKey size(String name, String defaultValue, long minBytes, long maxBytes, String doc) {
        return of(name, Type.SIZE, defaultValue, doc).within(minBytes, maxBytes);
    }

    /** The same key with a range, in its unit: nanoseconds of a duration, bytes of a size. */
    public ConfigKey within(long smallest, long largest) {
        return new ConfigKey(name, type, defaultValue, required, choices, smallest, largest, doc, children);
    }

    /** The same key written another way. */
    public ConfigKey as(Type other) {
        return new ConfigKey(name, other, defaultValue, required, choices, min, max, doc, children);
    }

    /** The same key, to be given by every user. */
    public ConfigKey mandatory() {
        return new ConfigKey(name, type, defaultValue, true, choices, min, max, doc, children);
    }

    private static ConfigKey of(String name, Type type, Object defaultValue, String doc) {
        return new ConfigKey(
                name, type, defaultValue, false, List.of(), Long.MIN_VALUE, Long.MAX_VALUE, doc, List.of());
    }
}
