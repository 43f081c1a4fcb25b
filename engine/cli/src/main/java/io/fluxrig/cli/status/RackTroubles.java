package io.fluxrig.cli.status;

import com.fasterxml.jackson.databind.JsonNode;
import io.fluxrig.cli.screen.RackFigures.Trouble;
import java.util.ArrayList;
import java.util.List;

/** What a rack's {@code /status} says that an operator should do something about. Static and stateless. */
final class RackTroubles {
    private RackTroubles() {}

    static List<Trouble> of(JsonNode status) {
        List<Trouble> troubles = new ArrayList<>();
        status.path("wires_stopped").forEach(wire -> troubles.add(stopped(wire)));
        status.path("wires_stranded").forEach(wire -> troubles.add(stranded(wire)));
        String since = status.path("mixer_away_since").asText();
        if (!since.isEmpty()) {
            String way = status.path("mixer_nats_connected").asBoolean()
                    ? "NATS is there"
                    : "there is no connection to NATS";
            troubles.add(new Trouble("mixer away", "no mixer answers since " + since + ": " + way, ""));
        }
        return List.copyOf(troubles);
    }

    private static Trouble stopped(JsonNode wire) {
        boolean kept = wire.path("kept").asBoolean();
        String what = wire.path("wire").asText() + (kept ? " is held up" : " takes nothing");
        return new Trouble(
                what,
                what + " since " + wire.path("since").asText() + ": "
                        + wire.path("because").asText() + (kept ? ", what is sent is " : ", senders are ")
                        + wire.path("senders").asText(),
                wire.path("type").asText());
    }

    private static Trouble stranded(JsonNode wire) {
        String name = wire.path("wire").asText();
        long messages = wire.path("messages").asLong();
        String because = wire.path("because").asText();
        return new Trouble(
                name + " is no wire any more",
                (messages < 0 ? "an unknown number of messages" : "messages: " + messages) + " for " + name
                        + ", which is no wire any more" + (because.isEmpty() ? "" : " (" + because + ")"),
                wire.path("type").asText());
    }
}
