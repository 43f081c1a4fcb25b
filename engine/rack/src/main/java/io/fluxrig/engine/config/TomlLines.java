package io.fluxrig.engine.config;

import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds the line of a key in TOML text that was parsed before. Knows tables, dotted keys and one-line inline tables; what it
 * does not find is at line 0, the file as a whole.
 */
final class TomlLines {
    private static final Pattern TABLE = Pattern.compile("^\\s*\\[+\\s*([A-Za-z0-9_.\"' -]+?)\\s*]+.*$");
    private static final Pattern KEY =
            Pattern.compile("^\\s*([A-Za-z0-9_.\"'-]+(?:\\s*\\.\\s*[A-Za-z0-9_\"'-]+)*)\\s*=.*$");
    private static final Pattern INLINE_KEY = Pattern.compile("[{,]\\s*([A-Za-z0-9_-]+)\\s*=");

    private final Map<String, Integer> lines = new HashMap<>();

    TomlLines(String text) {
        String table = "";
        int number = 0;
        for (String line : text.split("\n", -1)) {
            number++;
            Matcher header = TABLE.matcher(line);
            Matcher key = KEY.matcher(line);
            if (header.matches()) {
                table = bare(header.group(1));
                lines.putIfAbsent(table, number);
            } else if (key.matches()) {
                String name = join(table, bare(key.group(1)));
                note(name, number);
                inline(line, name, number);
            }
        }
    }

    int ofSection(String name) {
        return lines.getOrDefault(name, 0);
    }

    int ofKey(String section, String key) {
        return lines.getOrDefault(section + "." + key, ofSection(section));
    }

    private void inline(String line, String name, int number) {
        Matcher inner = INLINE_KEY.matcher(line);
        while (inner.find()) {
            note(join(name, inner.group(1)), number);
        }
    }

    /** Notes a key and, where it opens them, the sections above it. */
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
        return name.replaceAll("[\"'\\s]", "");
    }
}
