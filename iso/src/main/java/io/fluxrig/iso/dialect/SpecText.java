package io.fluxrig.iso.dialect;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Puts a spec file together that was made from another description. */
final class SpecText {
    private static final String VERSION = "0.0.0";
    private static final int ID_MAX = 64;

    private SpecText() {}

    /** The first keys of a spec; {@code name} if it is not empty, else the file's name without its ending. */
    static Map<String, Object> head(String file, String name) {
        String base = file.substring(Math.max(file.lastIndexOf('/'), file.lastIndexOf('\\')) + 1);
        String called = name.isEmpty() ? base.replaceFirst("\\.[A-Za-z]+$", "") : name;
        Map<String, Object> head = new LinkedHashMap<>();
        head.put("id", id(called));
        head.put("version", VERSION);
        head.put("name", called.isEmpty() ? "imported" : called);
        return head;
    }

    private static String id(String name) {
        String id = name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9._-]+", "-");
        id = id.length() > ID_MAX ? id.substring(0, ID_MAX) : id;
        return id.isEmpty() ? "imported" : id;
    }

    /** The file: what it was made from, what is different, and the spec. */
    static String of(String file, String kind, List<ImportNote> notes, Map<String, Object> document) {
        StringBuilder text = new StringBuilder();
        comment(
                text,
                "Made from " + file.substring(Math.max(file.lastIndexOf('/'), file.lastIndexOf('\\')) + 1) + ", " + kind
                        + ".");
        for (ImportNote note : notes) {
            if (note.severity() != ImportNote.Severity.KEPT_ASIDE) {
                comment(text, note.toString());
            }
        }
        return text.append(YamlText.of(document)).toString();
    }

    private static void comment(StringBuilder text, String line) {
        text.append("# ").append(line.replaceAll("[^ -~]", "?")).append('\n');
    }
}
