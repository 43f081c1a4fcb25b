package io.fluxrig.iso.dialect;

import java.util.List;
import java.util.Map;

/** Writes plain words as YAML: what fits on a line in one, the rest below each other. */
final class YamlText {
    private static final int LINE_MAX = 120;
    private static final String PLAIN = "[A-Za-z0-9_][A-Za-z0-9_./+()-]*( [A-Za-z0-9_./+()-]+)*";
    private static final String RESERVED = "(?i)true|false|null|yes|no|on|off|y|n";

    private final StringBuilder text = new StringBuilder();

    private YamlText() {}

    /** The text of a document, ending with a line break. */
    static String of(Map<String, Object> document) {
        YamlText yaml = new YamlText();
        yaml.map(document, 0);
        return yaml.text.toString();
    }

    private void map(Map<?, ?> map, int indent) {
        map.forEach((key, value) -> {
            text.append(" ".repeat(indent));
            entry(scalar(String.valueOf(key)), value, indent);
        });
    }

    /** A key and its value, where the indentation stands already. */
    private void entry(String key, Object value, int indent) {
        text.append(key).append(':');
        String line = isTop(indent) && value instanceof Map ? null : flow(value, LINE_MAX - indent - key.length());
        if (line != null) {
            text.append(' ').append(line).append('\n');
        } else if (value instanceof Map<?, ?> below) {
            text.append('\n');
            map(below, indent + 2);
        } else {
            text.append('\n');
            list((List<?>) value, indent + 2);
        }
    }

    /** The document's own sections stand below each other, however short. */
    private static boolean isTop(int indent) {
        return indent < 4;
    }

    private void list(List<?> items, int indent) {
        for (Object item : items) {
            text.append(" ".repeat(indent)).append("- ");
            String line = flow(item, LINE_MAX - indent);
            if (line != null) {
                text.append(line).append('\n');
            } else if (item instanceof Map<?, ?> map) {
                int first = text.length();
                map(map, indent + 2);
                text.delete(first, first + indent + 2);
            } else {
                text.append('\n');
                list((List<?>) item, indent + 2);
            }
        }
    }

    /** A value on one line, or null if it is longer than that. */
    private static String flow(Object value, int max) {
        if (!(value instanceof Map) && !(value instanceof List)) {
            return scalar(String.valueOf(value));
        }
        StringBuilder line = new StringBuilder();
        return flow(value, line, Math.max(max, 20)) ? line.toString() : null;
    }

    private static boolean flow(Object value, StringBuilder line, int max) {
        if (value instanceof Map<?, ?> map) {
            line.append('{');
            String between = " ";
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                line.append(between)
                        .append(scalar(String.valueOf(entry.getKey())))
                        .append(": ");
                if (!flow(entry.getValue(), line, max)) {
                    return false;
                }
                between = ", ";
            }
            line.append(map.isEmpty() ? "}" : " }");
        } else if (value instanceof List<?> list) {
            line.append('[');
            String between = "";
            for (Object item : list) {
                line.append(between);
                if (!flow(item, line, max)) {
                    return false;
                }
                between = ", ";
            }
            line.append(']');
        } else {
            line.append(scalar(String.valueOf(value)));
        }
        return line.length() <= max;
    }

    /** A text as YAML writes it: bare where nobody can take it for anything else, else in double quotes. */
    static String scalar(String value) {
        if (value.matches(PLAIN) && !value.matches(RESERVED)) {
            return value;
        }
        StringBuilder quoted = new StringBuilder("\"");
        value.codePoints().forEach(point -> {
            if (point == '"' || point == '\\') {
                quoted.append('\\').append((char) point);
            } else if (point >= ' ' && point < 0x7f) {
                quoted.append((char) point);
            } else {
                quoted.append(String.format(point > 0xffff ? "\\U%08x" : "\\u%04x", point));
            }
        });
        return quoted.append('"').toString();
    }
}
