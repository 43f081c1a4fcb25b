package io.fluxrig.cli.fleet;

import com.fasterxml.jackson.databind.JsonNode;
import io.fluxrig.cli.console.Table;
import io.fluxrig.cli.console.Terminal;
import io.fluxrig.cli.console.Wrapped;
import io.fluxrig.load.report.Figures;
import java.util.ArrayList;
import java.util.List;

/** A fleet for people: for each rack what it runs and how that goes, then the wires that leave racks or keep messages; or all of them. One use. */
final class TopologyText {
    private static final String HOT = "hot";

    private final JsonNode topology;
    private final boolean all;
    private final Terminal terminal;
    private final int width;
    private final List<String> lines = new ArrayList<>();

    /** @param all with types of gears, and wires inside racks */
    TopologyText(JsonNode topology, boolean all, Terminal terminal) {
        this.topology = topology;
        this.all = all;
        this.terminal = terminal;
        this.width = terminal.live() ? terminal.width() : Integer.MAX_VALUE;
    }

    List<String> lines() {
        if (topology.path("racks").isEmpty()) {
            lines.add("no rack has said hello");
        }
        topology.path("racks").forEach(this::rack);
        wires();
        return lines;
    }

    private void rack(JsonNode rack) {
        boolean there = rack.path("there").asBoolean();
        String runs = scenario(rack);
        lines.add("rack " + rack.path("name").asText() + ": "
                + (there ? rack.path("state").asText() : "away") + ", "
                + rack.path("standing").asText() + (runs.isEmpty() ? "" : ", " + runs));
        String wanted = rack.path("wanted").asText();
        below(wanted.isEmpty() ? "" : "should run " + wanted);
        below(there ? rack.path("reason").asText() : "");
        below(TrafficText.line(rack.path("traffic")));
        if (all) {
            rack.path("gears")
                    .forEach(gear -> below(gear.path("name").asText() + " ("
                            + gear.path("type").asText() + ")"));
        } else {
            List<String> gears = new ArrayList<>();
            rack.path("gears").forEach(gear -> gears.add(gear.path("name").asText()));
            below(gears.isEmpty() ? "" : Figures.counted(gears.size(), "gear") + ": " + String.join(", ", gears));
        }
    }

    private void below(String text) {
        if (!text.isEmpty()) {
            lines.addAll(Wrapped.lines("  " + text, width, 4));
        }
    }

    private void wires() {
        Table table = new Table("FROM", "TO", "LANE", "SCENARIO");
        int shown = 0;
        for (JsonNode wire : topology.path("wires")) {
            if (all || !wire.path("lane").asText().equals(HOT)) {
                shown++;
                table.row(
                        end(wire, "from"),
                        end(wire, "to"),
                        wire.path("lane").asText(),
                        wire.path("scenario").asText());
            }
        }
        if (shown > 0) {
            table.text(terminal).lines().forEach(lines::add);
        }
        int hot = topology.path("wires").size() - shown;
        if (hot > 0) {
            lines.add(Figures.counted(hot, "wire") + " inside racks not shown: --all");
        }
    }

    /** With its rack, where no other one has a gear of that name for the same scenario. */
    private String end(JsonNode wire, String which) {
        String end = wire.path(which).asText();
        String gear = end.split("\\.", -1)[0];
        List<String> racks = new ArrayList<>();
        for (JsonNode rack : topology.path("racks")) {
            boolean its = scenario(rack).equals(wire.path("scenario").asText());
            for (JsonNode each : rack.path("gears")) {
                if (its && each.path("name").asText().equals(gear)) {
                    racks.add(rack.path("name").asText());
                }
            }
        }
        boolean named = end.chars().filter(c -> c == '.').count() > 1;
        return racks.size() == 1 && !named ? racks.get(0) + "." + end : end;
    }

    private static String scenario(JsonNode rack) {
        return (rack.path("scenario").asText() + " " + rack.path("version").asText()).strip();
    }
}
