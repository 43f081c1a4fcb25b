package io.fluxrig.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Holds what the rooms of a mixer know of each other, as docs/architecture.md says it. */
final class MixerRoomsTest {
    private static final String MIXER = "io.fluxrig.mixer";

    /** Of the rooms below {@value #MIXER}, which know nothing of what lies above. */
    private static final Map<String, Set<String>> KNOWN = Map.ofEntries(
            Map.entry("desk", Set.of()),
            Map.entry("registry", Set.of()),
            Map.entry("authority", Set.of()),
            Map.entry("bus", Set.of("registry")),
            Map.entry("lead", Set.of("desk")),
            Map.entry("spec", Set.of("desk", "registry")),
            Map.entry("tail", Set.of("desk", "registry")),
            Map.entry("enrol", Set.of("bus", "desk", "registry")),
            Map.entry("secret", Set.of("registry", "enrol")),
            Map.entry("scenario", Set.of("enrol", "spec", "bus", "desk", "registry")),
            Map.entry("api", Set.of("bus", "desk", "enrol", "lead", "registry", "scenario", "secret", "spec", "tail")));

    private static Rooms rooms;

    @BeforeAll
    static void read() {
        rooms = new Rooms(MIXER);
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
