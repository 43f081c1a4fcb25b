package io.fluxrig.cli.fleet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.fluxrig.cli.console.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** {@code admin racks list} for people. */
final class RacksText {
    /** What an activation came to where the rack runs what it should, or nothing has come of it yet. */
    private static final Set<String> WELL =
            Set.of("", "changed", "unchanged", "kept", "waiting", "under_way", "superseded");

    /** For what is not known, or of nothing. */
    private static final String NONE = "-";

    private static final int DATE_LENGTH = 10;

    private RacksText() {}

    static Table table(ArrayNode racks) {
        boolean reasons = false;
        for (JsonNode rack : racks) {
            reasons |= !reason(rack).isEmpty();
        }
        List<String> titles = new ArrayList<>(
                List.of("RACK", "STANDING", "THERE", "STATE", "RUNS", "IN FLIGHT", "PASSPORT", "KEY", "HOST"));
        if (reasons) {
            titles.add("REASON");
        }
        Table table = new Table(titles.toArray(new String[0]));
        for (JsonNode rack : racks) {
            List<String> row = row(rack);
            if (reasons) {
                row.add(reason(rack));
            }
            table.row(row.toArray(new String[0]));
        }
        return table;
    }

    private static List<String> row(JsonNode rack) {
        boolean there = rack.path("there").asBoolean();
        return new ArrayList<>(List.of(
                rack.path("name").asText(),
                rack.path("standing").asText() + (rack.path("removed").asBoolean() ? " (was removed)" : ""),
                there ? "yes" : "no",
                there ? rack.path("state").asText(NONE) : "away",
                there && !rack.path("scenario").asText().isEmpty()
                        ? rack.path("scenario").asText()
                        : NONE,
                there ? rack.path("in_flight").asText(NONE) : NONE,
                passport(rack),
                rack.path("key").asText(),
                rack.path("host").asText()));
    }

    private static String passport(JsonNode rack) {
        String until = rack.path("passport_expires").asText();
        return rack.path("passport").asText(NONE)
                + (until.length() < DATE_LENGTH ? "" : " until " + until.substring(0, DATE_LENGTH));
    }

    /** Why it is as it is, and why it does not run what it should. */
    private static String reason(JsonNode rack) {
        return Stream.of(away(rack), rack.path("reason").asText(), came(rack))
                .filter(each -> !each.isEmpty())
                .collect(Collectors.joining("; "));
    }

    /** Since when a rack is away that was there, and how it was then; empty for others. */
    private static String away(JsonNode rack) {
        if (rack.path("there").asBoolean() || !rack.has("seen")) {
            return "";
        }
        String ran = (rack.path("state").asText() + " " + rack.path("scenario").asText()).strip();
        return "not heard of since " + rack.path("seen").asText() + (ran.isEmpty() ? "" : ", then it was " + ran);
    }

    private static String came(JsonNode rack) {
        JsonNode wanted = rack.path("wanted");
        String outcome = wanted.path("outcome").asText();
        if (WELL.contains(outcome)) {
            return "";
        }
        String text = wanted.path("text").asText().strip().replaceAll("\\s*\\R\\s*", "; ");
        return wanted.path("scenario").asText() + " " + wanted.path("version").asText() + ": " + outcome
                + (text.isEmpty() ? "" : ": " + text);
    }
}
