package io.fluxrig.cli.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What changed from one version of a scenario to another, file by file; nothing of files that are the same. The scenario's own file is held
 * against that of the other version, whatever the two are called. Immutable.
 */
final class VersionDiff {
    private final List<Change> changed = new ArrayList<>();

    /**
     * What changed in a file.
     *
     * @param file its name, in the later version if it is there
     * @param was its name before, where that is another one; else empty
     * @param lines empty where only the name, or bytes that are in no line, differ
     */
    private record Change(String file, String was, List<String> lines) {}

    /** Of two versions as the API shows them: {@code main}, and {@code files} by name in base 64. */
    VersionDiff(JsonNode before, JsonNode after) {
        String wasMain = before.path("main").asText();
        String main = after.path("main").asText();
        boolean renamed = !wasMain.isEmpty() && !main.isEmpty() && !wasMain.equals(main);
        if (renamed) {
            compare(before.path("files").path(wasMain), after.path("files").path(main), main, wasMain);
        }
        Set<String> names = new TreeSet<>();
        before.path("files").fieldNames().forEachRemaining(names::add);
        after.path("files").fieldNames().forEachRemaining(names::add);
        for (String file : names) {
            JsonNode old = before.path("files").path(renamed && file.equals(wasMain) ? "" : file);
            JsonNode now = after.path("files").path(renamed && file.equals(main) ? "" : file);
            compare(old, now, file, "");
        }
    }

    private void compare(JsonNode before, JsonNode after, String file, String was) {
        if (!was.isEmpty() || !before.equals(after)) {
            changed.add(new Change(file, was, LineDiff.of(lines(before), lines(after))));
        }
    }

    /** Of a file in base 64; none of a file that is not there. */
    private static List<String> lines(JsonNode file) {
        return new String(Base64.getDecoder().decode(file.asText()), StandardCharsets.UTF_8)
                .lines()
                .toList();
    }

    /** Whether all files are the same, by name and byte. */
    boolean isEmpty() {
        return changed.isEmpty();
    }

    /**
     * For people; empty where nothing changed.
     *
     * <pre>
     *   old.yaml, now new.yaml
     *     -2: b
     *     +2: c
     * </pre>
     */
    String text() {
        StringBuilder text = new StringBuilder();
        for (Change each : changed) {
            text.append(each.was().isEmpty() ? each.file() : each.was() + ", now " + each.file())
                    .append('\n');
            List<String> lines = each.lines().isEmpty() ? List.of("the same lines") : each.lines();
            lines.forEach(line -> text.append("  ").append(line).append('\n'));
        }
        return text.toString();
    }

    /** {@code [{"file":"new.yaml","was":"old.yaml","changes":["-2: b","+2: c"]}]}; {@code was} where the name changed. */
    ArrayNode json() {
        ArrayNode files = JsonNodeFactory.instance.arrayNode();
        for (Change each : changed) {
            ObjectNode file = files.addObject().put("file", each.file());
            if (!each.was().isEmpty()) {
                file.put("was", each.was());
            }
            ArrayNode list = file.putArray("changes");
            each.lines().forEach(list::add);
        }
        return files;
    }
}
