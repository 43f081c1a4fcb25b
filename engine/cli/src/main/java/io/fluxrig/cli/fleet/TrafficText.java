package io.fluxrig.cli.fleet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.fluxrig.cli.console.Table;
import io.fluxrig.load.report.Figures;
import java.util.ArrayList;
import java.util.List;

/** A rack's traffic, as the API gives it, for people. */
final class TrafficText {
    /** For what is not known, or of nothing. */
    private static final String NONE = "-";

    private static final long NS_PER_US = 1_000;
    private static final double SHARES = 1e6;

    private TrafficText() {}

    /** Of racks as the API lists them. */
    static Table table(ArrayNode racks) {
        Table table =
                new Table("RACK", "STATE", "REQUESTS", "P50", "P99", "APPROVED", "UNANSWERED", "UP", "BREAKERS OPEN");
        for (JsonNode rack : racks) {
            JsonNode traffic = rack.path("traffic");
            table.row(
                    rack.path("name").asText(),
                    rack.path("there").asBoolean() ? rack.path("state").asText(NONE) : "away",
                    rate(traffic, "requests_per_second"),
                    micros(traffic, "p50_us"),
                    micros(traffic, "p99_us"),
                    approved(traffic),
                    rate(traffic, "unanswered_per_second"),
                    traffic.isMissingNode()
                            ? NONE
                            : traffic.path("destinations_up").asInt() + " of "
                                    + traffic.path("destinations").asInt(),
                    traffic.path("breakers_open").asText(NONE));
        }
        return table;
    }

    /**
     * {@code 1,204/s  p50 0.84 ms  p99 2.10 ms  98.7 % approved  2.0/s ended unanswered  4 of 4 destinations up}; empty where nothing is
     * known. The first are the requests that came; what ended may have come earlier, so there may be more of it.
     */
    static String line(JsonNode traffic) {
        List<String> pieces = new ArrayList<>();
        if (traffic.has("requests_per_second")) {
            pieces.add(rate(traffic, "requests_per_second"));
        }
        if (traffic.has("p50_us")) {
            pieces.add("p50 " + micros(traffic, "p50_us"));
            pieces.add("p99 " + micros(traffic, "p99_us"));
        }
        if (traffic.has("approved_ratio")) {
            pieces.add(approved(traffic) + " approved");
        }
        double unanswered = traffic.path("unanswered_per_second").asDouble();
        if (unanswered > 0) {
            pieces.add(Figures.rate(unanswered) + "/s ended unanswered");
        }
        if (traffic.path("destinations").asInt() > 0) {
            pieces.add(traffic.path("destinations_up").asInt() + " of "
                    + traffic.path("destinations").asInt() + " destinations up");
        }
        int open = traffic.path("breakers_open").asInt();
        if (open > 0) {
            pieces.add(Figures.counted(open, "breaker") + " open");
        }
        return String.join("  ", pieces);
    }

    private static String rate(JsonNode traffic, String name) {
        JsonNode rate = traffic.path(name);
        if (rate.isMissingNode()) {
            return NONE;
        }
        return rate.asDouble() == 0 ? "0/s" : Figures.rate(rate.asDouble()) + "/s";
    }

    /** Of the requests that ended. */
    private static String approved(JsonNode traffic) {
        JsonNode ratio = traffic.path("approved_ratio");
        return ratio.isMissingNode() ? NONE : Figures.share(Math.round(ratio.asDouble() * SHARES), Math.round(SHARES));
    }

    private static String micros(JsonNode traffic, String name) {
        return traffic.has(name) ? Figures.duration(traffic.path(name).asLong() * NS_PER_US) : NONE;
    }
}
