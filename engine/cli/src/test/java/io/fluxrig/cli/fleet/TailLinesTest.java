package io.fluxrig.cli.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fluxrig.cli.console.Terminal;
import org.junit.jupiter.api.Test;

class TailLinesTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final TailLines lines = new TailLines(new Terminal(false, false, 0));

    private static JsonNode happening(String at, String kind, String rack, String text) {
        return JSON.createObjectNode()
                .put("at", at)
                .put("kind", kind)
                .put("rack", rack)
                .put("text", text);
    }

    @Test
    void shouldPutTextsBelowEachOther() {
        assertThat(lines.of(happening("2026-11-28T00:21:10.433Z", "state", "east", "running")))
                .containsExactly("2026-11-28T00:21:10Z  state    east      running");
        assertThat(lines.of(happening("2026-11-28T00:21:19Z", "audit", "", "scenario.import")))
                .containsExactly("2026-11-28T00:21:19Z  audit              scenario.import");
        assertThat(lines.of(happening("2026-11-28T00:21:26.7Z", "outcome", "terminals-north", "changed")))
                .containsExactly("2026-11-28T00:21:26Z  outcome  terminals-north  changed");
        assertThat(lines.of(happening("2026-11-28T00:21:27.7Z", "away", "east", "gone")))
                .containsExactly("2026-11-28T00:21:27Z  away     east             gone");
    }

    @Test
    void shouldGoOnBelowTheTextOnATerminal() {
        TailLines narrow = new TailLines(new Terminal(true, false, 70));
        String text = "running two-racks 1.0.0: one of its ends on other racks is down";

        assertThat(narrow.of(happening("2026-11-28T00:21:10Z", "state", "east", text)))
                .containsExactly(
                        "2026-11-28T00:21:10Z  state    east      running two-racks 1.0.0: one",
                        "                                         of its ends on other racks is",
                        "                                         down");
    }
}
