package io.fluxrig.engine.control;

import java.util.Objects;

/**
 * A rack is to run a scenario.
 *
 * @param rack who is meant
 * @param activation which rises with each activation of a mixer
 * @param name of the scenario, and its version
 * @param bundle a {@link ScenarioBundle} as bytes
 * @param restart whether the rack may drain and start again where it cannot change while it runs
 * @param epoch in which the mixer leads that says so; a mixer of an earlier one is not obeyed any more
 * @param atMs its place among a mixer's messages in an epoch, ms since 1970 or more: each is later than the one before
 * @param writtenMs the mixer's clock as it was written, ms since 1970; null of a mixer of before, whose {@code atMs} is both
 */
public record ScenarioPush(
        String rack,
        long activation,
        String name,
        String version,
        byte[] bundle,
        boolean restart,
        long epoch,
        long atMs,
        Long writtenMs) {
    /** What it is signed for. */
    public static final String PURPOSE = "scenario";

    /** Bytes at most. */
    public static final int LENGTH_MAX = ScenarioBundle.LENGTH_MAX + 2048;

    public ScenarioPush {
        Objects.requireNonNull(rack, "rack");
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(version, "version");
        Objects.requireNonNull(bundle, "bundle");
        writtenMs = writtenMs == null ? Long.valueOf(atMs) : writtenMs;
    }

    /**
     * An activation in a log, where longer runs of digits are masked: {@code 1795804127.146}, its last three digits behind a dot. Audit log,
     * API and commands have it without.
     */
    public static String shown(long activation) {
        long last = activation % 1000;
        return activation / 1000 + (last < 10 ? ".00" : last < 100 ? ".0" : ".") + last;
    }
}
