package io.fluxrig.cli.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.fluxrig.cli.console.Table;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;

/** Which racks run which version of a scenario, for people. */
final class VersionsText {
    private VersionsText() {}

    /** {@code scenario list}. */
    static Table table(ArrayNode versions, ArrayNode racks) {
        boolean wentBack = false;
        for (JsonNode version : versions) {
            wentBack |= !version.path("went_back_on").isEmpty();
        }
        List<String> titles = new ArrayList<>(List.of("SCENARIO", "VERSION", "SHA-256", "BYTES", "ADDED", "RUNS ON"));
        if (wentBack) {
            titles.add("WENT BACK ON");
        }
        Table table = new Table(titles.toArray(new String[0]));
        for (JsonNode version : versions) {
            List<String> row = new ArrayList<>(List.of(
                    version.path("name").asText(),
                    version.path("version").asText(),
                    version.has("hash") ? version.path("hash").asText().substring(0, 12) : "-",
                    version.path("bytes").asText("-"),
                    version.path("added").asText("not imported"),
                    String.join(", ", runningOn(racks, version))));
            if (wentBack) {
                StringJoiner where = new StringJoiner(", ");
                version.path("went_back_on").forEach(rack -> where.add(rack.asText()));
                row.add(where.toString());
            }
            table.row(row.toArray(new String[0]));
        }
        return table;
    }

    /** Adds what racks that are there run though the mixer does not have it, as after a registry was lost. */
    static void addUnknown(ArrayNode versions, ArrayNode racks) {
        Set<String> known = new HashSet<>();
        versions.forEach(each -> known.add(title(each)));
        for (JsonNode rack : racks) {
            String runs = rack.path("scenario").asText();
            int space = runs.indexOf(' ');
            if (rack.path("there").asBoolean() && space > 0 && known.add(runs)) {
                versions.addObject()
                        .put("name", runs.substring(0, space))
                        .put("version", runs.substring(space + 1))
                        .put("imported", false);
            }
        }
    }

    /** Racks that are there and say that they run a version. */
    static List<String> runningOn(ArrayNode racks, JsonNode version) {
        String title = title(version);
        List<String> running = new ArrayList<>();
        for (JsonNode rack : racks) {
            if (rack.path("there").asBoolean() && rack.path("scenario").asText().equals(title)) {
                running.add(rack.path("name").asText());
            }
        }
        return running;
    }

    /**
     * A line for each rack that goes back.
     *
     * @param before what racks ran, by rack
     */
    static String wayBack(JsonNode activations, Map<String, String> before) {
        StringBuilder text = new StringBuilder();
        for (JsonNode each : activations) {
            String rack = each.path("rack").asText();
            String runs = before.getOrDefault(rack, "");
            text.append("rack ").append(rack).append(": ");
            text.append(runs.isEmpty() ? "nothing" : runs)
                    .append(" -> ")
                    .append(each.path("scenario").asText())
                    .append(' ')
                    .append(each.path("version").asText())
                    .append('\n');
        }
        return text.toString();
    }

    /**
     * One line where racks of an activation run different versions of its scenario; empty where they do not.
     *
     * @param running what racks run, by rack
     * @param remedy what to do then
     */
    static String apart(JsonNode activations, Map<String, String> running, String remedy) {
        Map<String, String> versions = new LinkedHashMap<>();
        for (JsonNode each : activations) {
            String rack = each.path("rack").asText();
            String scenario = each.path("scenario").asText() + " ";
            String runs = running.getOrDefault(rack, "");
            if (runs.startsWith(scenario)) {
                versions.put(rack, runs.substring(scenario.length()));
            }
        }
        if (new HashSet<>(versions.values()).size() < 2) {
            return "";
        }
        StringJoiner which = new StringJoiner(", ");
        versions.forEach((rack, version) -> which.add(rack + " " + version));
        return "racks run different versions now: " + which + "; " + remedy + "\n";
    }

    private static String title(JsonNode version) {
        return version.path("name").asText() + " " + version.path("version").asText();
    }
}
