package io.fluxrig.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Holds what the rooms of the command line know of each other, as docs/architecture.md says it. */
final class CommandRoomsTest {
    private static final String CLI = "io.fluxrig.cli";

    /** Of the rooms below {@value #CLI}, which know nothing of what lies above. */
    private static final Map<String, Set<String>> KNOWN = Map.ofEntries(
            Map.entry("console", Set.of()),
            Map.entry("http", Set.of()),
            Map.entry("options", Set.of("console")),
            Map.entry("screen", Set.of("console")),
            Map.entry("status", Set.of("console", "http", "screen")),
            Map.entry("mixer", Set.of("console", "http")),
            Map.entry("fleet", Set.of("console", "mixer")),
            Map.entry("scenario", Set.of("console", "mixer")),
            Map.entry("demo", Set.of("console", "options", "status")),
            Map.entry("spec", Set.of("console", "options", "mixer")),
            Map.entry("load", Set.of("console", "options", "screen", "status", "spec")),
            Map.entry("config", Set.of("console", "options", "spec", "demo")),
            Map.entry("node", Set.of("console", "options", "config")));

    private static Rooms rooms;

    @BeforeAll
    static void read() {
        rooms = new Rooms(CLI);
    }

    @AfterAll
    static void forget() {
        rooms = null;
    }

    @Test
    void shouldBeFreeOfCycles() {
        rooms.holdFreeOfCycles();
    }

    @Test
    void shouldKnowNoMoreThanTheyNeed() {
        rooms.holdTo(KNOWN);
    }

    /** A room that is not listed would not be held to anything. */
    @Test
    void shouldAllBeListed() {
        assertThat(rooms.names()).isEqualTo(KNOWN.keySet());
    }
}
