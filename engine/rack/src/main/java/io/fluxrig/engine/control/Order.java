package io.fluxrig.engine.control;

import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * A rack is to do something now.
 *
 * @param rack who is meant
 * @param word one of {@link #WORDS}
 * @param value of {@link #CLOSE} the connection's id, of {@link #LOG_LEVEL} the level; else empty
 * @param epoch in which the mixer leads that says so; a mixer of an earlier one is not obeyed any more
 * @param atMs its place among a mixer's messages in an epoch, ms since 1970 or more: each is later than the one before
 * @param writtenMs the mixer's clock as it was written, ms since 1970; null of a mixer of before, whose {@code atMs} is both
 */
public record Order(String rack, String word, String value, long epoch, long atMs, Long writtenMs) {
    /** What it is signed for. */
    public static final String PURPOSE = "order";

    /** Bytes at most. */
    public static final int LENGTH_MAX = 1024;

    /** Stop the gears at once; what is in flight gets no outcome. Holds until {@link #RESUME}, over restarts too. */
    public static final String KILL = "kill";

    /** Take no more requests, end what is in flight, stop the gears. Holds until {@link #RESUME}, over restarts too. */
    public static final String DRAIN = "drain";

    /** Run again after {@link #KILL} or {@link #DRAIN}. */
    public static final String RESUME = "resume";

    /** Close a connection of an I/O gear. */
    public static final String CLOSE = "close";

    /** Log at another level, until the rack is started again. */
    public static final String LOG_LEVEL = "log_level";

    public static final List<String> WORDS = List.of(KILL, DRAIN, RESUME, CLOSE, LOG_LEVEL);

    /** Levels that a rack can log at. */
    public static final List<String> LEVELS = List.of("error", "warn", "info", "debug", "trace");

    /** As racks log it: {@code strip.gear.generation.slot}. */
    private static final Pattern CONNECTION = Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,9}){3}");

    public Order {
        Objects.requireNonNull(rack, "rack");
        Objects.requireNonNull(value, "value");
        if (!WORDS.contains(word)) {
            throw new IllegalArgumentException("word is none of " + WORDS);
        }
        writtenMs = writtenMs == null ? Long.valueOf(atMs) : writtenMs;
    }

    /** Written at the time of its place. */
    public Order(String rack, String word, String value, long epoch, long atMs) {
        this(rack, word, value, epoch, atMs, atMs);
    }

    /** Why no order of that word can have that value, without the value; null if one can. */
    public static String refusal(String word, String value) {
        if (word.equals(LOG_LEVEL) && !LEVELS.contains(value)) {
            return "value is none of " + String.join(", ", LEVELS);
        }
        return word.equals(CLOSE) && !CONNECTION.matcher(value).matches()
                ? "value names no connection; write it as the rack's log does, such as 0.0.12.3"
                : null;
    }

    /**
     * What came of it.
     *
     * @param order {@link Order#atMs()} of what was asked
     * @param ok whether it was done, or begun where it takes long
     * @param text for people
     */
    public record Done(String rack, long order, boolean ok, String text, long atMs) {
        /** What it is signed for. */
        public static final String PURPOSE = "done";

        /** Bytes at most. */
        public static final int LENGTH_MAX = 4096;

        public Done {
            Objects.requireNonNull(rack, "rack");
            Objects.requireNonNull(text, "text");
        }
    }
}
