package io.fluxrig.cli.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What changed from one version of a scenario to another, file by file; nothing of files that are the same. Immutable. */
final class VersionDiff {
    /** By the files' names. */
    private final Map<String, List<String>> changed = new TreeMap<>();

    /** Of the {@code files} of two versions as the API shows them: by name, in base 64. */
    VersionDiff(JsonNode before, JsonNode after) {
        Set<String> names = new TreeSet<>();
        before.fieldNames().forEachRemaining(names::add);
        after.fieldNames().forEachRemaining(names::add);
        for (String file : names) {
            List<String> changes = LineDiff.of(lines(before, file), lines(after, file));
            if (!changes.isEmpty()) {
                changed.put(file, changes);
            }
        }
    }

    private static List<String> lines(JsonNode files, String name) {
        String base64 = files.path(name).asText();
        return new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8)
                .lines()
                .toList();
    }

    /**
     * For people; empty where nothing changed.
     *
     * <pre>
     *   s.yaml
     *     -2: b
     *     +2: c
     * </pre>
     */
    String text() {
        StringBuilder text = new StringBuilder();
        changed.forEach((file, changes) -> {
            text.append(file).append('\n');
            changes.forEach(line -> text.append("  ").append(line).append('\n'));
        });
        return text.toString();
    }

    /** {@code [{"file":"s.yaml","changes":["-2: b","+2: c"]}]}. */
    ArrayNode json() {
        ArrayNode files = JsonNodeFactory.instance.arrayNode();
        changed.forEach((file, changes) -> {
            ArrayNode list = files.addObject().put("file", file).putArray("changes");
            changes.forEach(list::add);
        });
        return files;
    }
}
