package io.fluxrig.engine.control;

import java.util.Objects;

/**
 * How a rack is, every few seconds and whenever something about it changed. Its words, which a terminal may show, hold nothing that one obeys.
 *
 * @param rack its name
 * @param version of fluxrig
 * @param state {@code waiting} for a scenario, {@code held} by an order, or a rack's state: {@code running}, {@code draining} ...; {@code stopped} where
 *     its process ends
 * @param reason of the state, for people
 * @param scenario name of what runs, empty for nothing; so its version and hash
 * @param inFlight messages in flight, negative if the rack cannot tell
 * @param activation the last one that this rack has dealt with, 0 for none
 * @param outcome what came of it: a word of {@code RackChanges.Report}, {@code under_way} or {@code kept}; empty for none
 * @param text what came of it, for people
 * @param pid of its process
 * @param uptimeSeconds of its gears
 * @param statusPort of its HTTP window, 0 for none
 * @param keys what the mixer calls the keys that it gave this rack, empty for none; null of a rack of before, which does not say
 * @param wireKey whether it has a key for wires between racks; null of a rack of before, which does not say
 * @param traffic null where there is no switch, and of a rack of before, which does not say
 * @param atMs its place among a rack's messages, ms since 1970 or more: each is later than the one before
 * @param writtenMs the rack's clock as it was written, ms since 1970; null of a rack of before, whose {@code atMs} is both
 * @param run the {@link RunNumber} of its process; 0 of a rack of before, which does not say
 */
public record Heartbeat(
        String rack,
        String version,
        String state,
        String reason,
        String scenario,
        String scenarioVersion,
        String scenarioHash,
        long inFlight,
        long activation,
        String outcome,
        String text,
        long pid,
        long uptimeSeconds,
        int statusPort,
        String keys,
        Boolean wireKey,
        Traffic traffic,
        long atMs,
        Long writtenMs,
        Long run) {
    /** What it is signed for. */
    public static final String PURPOSE = "heartbeat";

    /** Bytes at most. */
    public static final int LENGTH_MAX = 8192;

    /** Of {@link #text} and {@link #reason}; the log has the rest. */
    public static final int TEXT_MAX = 2048;

    /** Of every other text: names, versions, a state, an outcome. */
    public static final int WORD_MAX = 256;

    /** The activation is being made or on trial. */
    public static final String UNDER_WAY = "under_way";

    /** Outcome of an activation that a held rack has checked, and runs when nothing holds it any more. */
    public static final String KEPT = "kept";

    public Heartbeat {
        Objects.requireNonNull(rack, "rack");
        version = PlainText.of(version, WORD_MAX);
        state = PlainText.of(state, WORD_MAX);
        scenario = PlainText.of(scenario, WORD_MAX);
        scenarioVersion = PlainText.of(scenarioVersion, WORD_MAX);
        scenarioHash = PlainText.of(scenarioHash, WORD_MAX);
        outcome = PlainText.of(outcome, WORD_MAX);
        reason = PlainText.of(reason, TEXT_MAX);
        text = PlainText.of(text, TEXT_MAX);
        writtenMs = writtenMs == null ? Long.valueOf(atMs) : writtenMs;
        run = run == null ? Long.valueOf(0) : run;
    }

    /** Written at the time of its place. */
    public Heartbeat(
            String rack,
            String version,
            String state,
            String reason,
            String scenario,
            String scenarioVersion,
            String scenarioHash,
            long inFlight,
            long activation,
            String outcome,
            String text,
            long pid,
            long uptimeSeconds,
            int statusPort,
            String keys,
            Boolean wireKey,
            Traffic traffic,
            long atMs) {
        this(
                rack,
                version,
                state,
                reason,
                scenario,
                scenarioVersion,
                scenarioHash,
                inFlight,
                activation,
                outcome,
                text,
                pid,
                uptimeSeconds,
                statusPort,
                keys,
                wireKey,
                traffic,
                atMs,
                atMs,
                null);
    }

    /** The last one of a process that ends; of what holds the rack it says that still. */
    public Heartbeat atTheEnd() {
        return new Heartbeat(
                rack,
                version,
                "stopped",
                state.equals("held") ? reason : "",
                scenario,
                scenarioVersion,
                scenarioHash,
                inFlight,
                activation,
                outcome,
                text,
                pid,
                uptimeSeconds,
                statusPort,
                keys,
                wireKey,
                traffic,
                atMs,
                writtenMs,
                run);
    }

    /** A heartbeat but for its time, which is given when it is sent. */
    @FunctionalInterface
    public interface Builder {
        Heartbeat at(RisingClock.Moment moment);
    }
}
