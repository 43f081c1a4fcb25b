package io.fluxrig.cli.fleet;

import com.fasterxml.jackson.databind.JsonNode;
import io.fluxrig.cli.console.Terminal;
import io.fluxrig.cli.console.Wrapped;
import java.util.List;

/**
 * What happened as lines for people: time to the second, kind, rack, text, each below those of the line before. A rack with a longer name than those so
 * far moves the text to the right from then on. On a terminal a long text goes on below its beginning. One thread.
 *
 * <pre>
 *   2026-11-28T00:21:10Z  state    east      running two-racks 1.0.0
 *   2026-11-28T00:21:19Z  audit              api 127.0.0.1: scenario.import two-racks 1.1.0
 * </pre>
 */
final class TailLines {
    /** As long as {@code outcome}. */
    private static final int KIND = 7;

    private static final int RACK_MIN = 8;
    /** A longer name moves the text of its own line alone. */
    private static final int RACK_MAX = 24;
    /** Less of a text beside its columns is hard to read. */
    private static final int TEXT_MIN = 24;

    private static final long ASK_EVERY_NS = 1_000_000_000L;

    private final Terminal terminal;
    private int width;
    private long askedNs;
    private int rack = RACK_MIN;

    TailLines(Terminal terminal) {
        this.terminal = terminal;
    }

    List<String> of(JsonNode happening) {
        String of = happening.path("rack").asText();
        rack = Math.max(rack, Math.min(of.length(), RACK_MAX));
        String head = seconds(happening.path("at").asText()) + "  "
                + fill(happening.path("kind").asText(), KIND) + "  " + fill(of, rack) + "  ";
        String line = head + happening.path("text").asText();
        if (!terminal.live()) {
            return List.of(line);
        }
        long nowNs = System.nanoTime();
        if (width == 0 || nowNs - askedNs >= ASK_EVERY_NS) {
            width = terminal.width();
            askedNs = nowNs;
        }
        return Wrapped.lines(line, width, width - head.length() >= TEXT_MIN ? head.length() : 4);
    }

    /** Without what is below a second; as it came if it is no time. */
    private static String seconds(String at) {
        return at.replaceFirst("^(.{19})\\.\\d+Z$", "$1Z");
    }

    private static String fill(String text, int length) {
        return text + " ".repeat(Math.max(0, length - text.length()));
    }
}
