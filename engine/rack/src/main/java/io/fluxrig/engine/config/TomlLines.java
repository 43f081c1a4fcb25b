package io.fluxrig.engine.config;

import java.util.HashMap;
import java.util.Map;

/**
 * Finds the line of a key in TOML text that was parsed before. Knows tables, dotted keys and one-line inline tables; what it
 * does not find is at line 0, the file as a whole.
 */
final class TomlLines {
    private final Map<String, Integer> lines = new HashMap<>();
    private String table = "";

    TomlLines(String text) {
        int number = 0;
        for (String line : text.split("\n", -1)) {
            read(line.strip(), ++number);
        }
    }

    int ofSection(String name) {
        return lines.getOrDefault(name, 0);
    }

    int ofKey(String section, String key) {
        return lines.getOrDefault(section + "." + key, ofSection(section));
    }

    private void read(String line, int number) {
        int equals = line.indexOf('=');
        if (line.startsWith("[") && line.indexOf(']') > 0) {
            table = bare(line.substring(0, line.indexOf(']')));
            lines.putIfAbsent(table, number);
        } else if (!line.startsWith("#") && equals > 0) {
            String name = join(table, bare(line.substring(0, equals)));
            note(name, number);
            inline(line.substring(equals + 1), name, number);
        }
    }

    /** Notes the keys of {@code { a = 1, b = 2 }}. */
    private void inline(String value, String name, int number) {
        int from = value.indexOf('{') + 1;
        while (from > 0) {
            int equals = value.indexOf('=', from);
            if (equals < 0) {
                return;
            }
            note(join(name, bare(value.substring(from, equals))), number);
            from = value.indexOf(',', equals) + 1;
        }
    }

    /** Notes a key and, where it opens them, the sections above it; of as many parts as {@link TomlKeys} lets by. */
    private void note(String name, int number) {
        lines.putIfAbsent(name, number);
        for (int dot = name.indexOf('.'); dot > 0; dot = name.indexOf('.', dot + 1)) {
            lines.putIfAbsent(name.substring(0, dot), number);
        }
    }

    private static String join(String table, String key) {
        return table.isEmpty() ? key : table + "." + key;
    }

    private static String bare(String name) {
        StringBuilder bare = new StringBuilder(name.length());
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (Character.isLetterOrDigit(c) || c == '_' || c == '-' || c == '.') {
                bare.append(c);
            }
        }
        return bare.toString();
    }
}
