package io.fluxrig.cli.fleet;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Knows what was told already, so that whoever asks a mixer again for what has happened tells nothing twice: the last {@value #KEPT_MAX}
 * happenings, and the last state and links of each rack. One thread.
 */
final class TailMemory {
    /** More than a mixer tells of what has happened. */
    static final int KEPT_MAX = 1_000;

    /** So far the clock of a mixer may be behind the one's that told before; where older things were left out, those could not be told from its. */
    static final Duration SKEW = Duration.ofSeconds(60);

    private static final String AWAY = "away";
    /** Of what racks say with every heartbeat: a mixer that was started says it as if it were new. */
    private static final Set<String> SAID_AGAIN = Set.of("state", "links");

    /** With their times, the one that was told first before all others. */
    private final Map<JsonNode, Instant> told = new LinkedHashMap<>();

    /** By rack and kind. */
    private final Map<String, String> words = new HashMap<>();
    /** Of {@link #words}, those of before the mixer was asked again. */
    private final Set<String> before = new HashSet<>();
    /** What is older was told too, or was not asked for. Null before the mixer was asked again. */
    private Instant from;

    /** With as many told as were asked for, older ones may have been left out. */
    private final int asked;
    /** Whether something was told that is not remembered any more. */
    private boolean forgot;

    /** @param asked how many things that had happened were to be told at the beginning */
    TailMemory(int asked) {
        this.asked = asked;
    }

    /** What comes from now on may have been told. */
    void again() {
        before.addAll(words.keySet());
        Instant first = told.isEmpty() ? Instant.MAX : told.values().iterator().next();
        boolean leftOut = forgot || told.size() >= asked;
        from = first.equals(Instant.MAX) ? null : leftOut ? first : first.minus(SKEW);
    }

    /** Whether that was not told yet; it counts as told from now on. */
    boolean isNew(JsonNode happening) {
        Instant at = at(happening);
        if (from != null && at.isBefore(from) || told.putIfAbsent(happening, at) != null) {
            return false;
        }
        if (told.size() > KEPT_MAX) {
            Iterator<JsonNode> first = told.keySet().iterator();
            first.next();
            first.remove();
            forgot = true;
        }
        return isNewOfRack(
                happening.path("kind").asText(),
                happening.path("rack").asText(),
                happening.path("text").asText());
    }

    private boolean isNewOfRack(String kind, String rack, String text) {
        if (kind.equals(AWAY)) {
            SAID_AGAIN.forEach(each -> words.remove(rack + " " + each));
        }
        if (!SAID_AGAIN.contains(kind)) {
            return true;
        }
        String what = rack + " " + kind;
        boolean same = text.equals(words.put(what, text));
        return !before.remove(what) || !same;
    }

    /** The latest there is where it has none: that is never too old. */
    private static Instant at(JsonNode happening) {
        try {
            return Instant.parse(happening.path("at").asText());
        } catch (DateTimeParseException none) {
            return Instant.MAX;
        }
    }
}
