package io.fluxrig.iso.dialect;

import java.util.List;
import java.util.Map;
import java.util.Set;

/** Writes plain words as YAML: what fits on a line in one, the rest below each other. */
final class YamlText {
    private static final int LINE_MAX = 120;
    private static final String MARKS = "_./+()-";
    private static final String NUMBER = "[0-9+.-][0-9A-Fa-fx_.+-]*";
    private static final Set<String> COUNTS = Set.of(
            "length", "length_min", "header", "from", "to", "repeat", "message_bytes_max", "depth_max", "parts_max");
    private static final Set<String> FLAGS =
            Set.of("strip", "prefix_room", "disableautoexpand", "length_first", "lead_optional", "closed", "repeat");
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
            entry(String.valueOf(key), value, indent);
        });
    }

    /** A key and its value, where the indentation stands already. */
    private void entry(String key, Object value, int indent) {
        text.append(key(key)).append(':');
        boolean section = isTop(indent) && value instanceof Map;
        String line = section ? null : flow(key, value, LINE_MAX - indent - key.length());
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
            String line = flow("", item, LINE_MAX - indent);
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
    private static String flow(String key, Object value, int max) {
        if (!(value instanceof Map) && !(value instanceof List)) {
            return value(key, value);
        }
        StringBuilder line = new StringBuilder();
        return flow(key, value, line, Math.max(max, 20)) ? line.toString() : null;
    }

    private static boolean flow(String key, Object value, StringBuilder line, int max) {
        if (value instanceof Map<?, ?> map) {
            line.append('{');
            String between = " ";
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                String below = String.valueOf(entry.getKey());
                line.append(between).append(key(below)).append(": ");
                if (!flow(below, entry.getValue(), line, max)) {
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
                if (!flow("", item, line, max)) {
                    return false;
                }
                between = ", ";
            }
            line.append(']');
        } else {
            line.append(value(key, value));
        }
        return line.length() <= max;
    }

    /** Counts and flags stand bare, and other numbers in quotes, as texts do that could be taken for something else. */
    private static String value(String key, Object value) {
        String text = String.valueOf(value);
        boolean flag = FLAGS.contains(key) && text.matches("true|false");
        return flag || COUNTS.contains(key) && text.matches("[0-9]+") ? text : scalar(text);
    }

    private static String key(String key) {
        return key.matches("[0-9]+") ? key : scalar(key);
    }

    /** A text as YAML writes it: bare where nobody can take it for anything else, else in double quotes. */
    static String scalar(String value) {
        if (isPlain(value) && !value.matches(RESERVED) && !value.matches(NUMBER)) {
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

    /** Words of letters, digits and a few marks, one space apart, beginning with a letter or a digit. */
    private static boolean isPlain(String value) {
        for (int i = 0; i < value.length(); i++) {
            char each = value.charAt(i);
            boolean word = each < 0x7f && Character.isLetterOrDigit(each);
            boolean space = each == ' ' && i > 0 && i + 1 < value.length() && value.charAt(i - 1) != ' ';
            if (!word && !space && (i == 0 || MARKS.indexOf(each) < 0)) {
                return false;
            }
        }
        return !value.isEmpty();
    }
}
