package io.fluxrig.mixer.registry;

import io.fluxrig.engine.rack.change.ChangeReport.Outcome;
import java.util.List;

/**
 * That a rack is to run a version of a scenario. The rack's last activation is what it should run.
 *
 * @param id rises with each activation; those of one request for several racks have the same
 * @param hash of the bundle
 * @param restart whether the rack may start again where it cannot change while it runs
 * @param atMs when it was asked for, ms since 1970
 * @param outcome as the rack says, {@code waiting} before it has said anything
 * @param text as the rack says, or why it cannot be sent
 * @param endedMs when it said so, 0 before
 */
public record ActivationEntry(
        long id,
        String rack,
        String scenario,
        String version,
        String hash,
        boolean restart,
        long atMs,
        String outcome,
        String text,
        long endedMs) {
    /** The rack has not said anything yet. */
    public static final String WAITING = "waiting";

    /** Another activation came before the rack said what came of it, which it may still do; or the rack was removed. */
    public static final String SUPERSEDED = "superseded";

    /** The mixer's store has not its files as they were kept any more: it is not sent, unless it is activated again. */
    public static final String DAMAGED = "damaged";

    static final List<String> RAN_WELL = List.of(Outcome.CHANGED.word(), Outcome.UNCHANGED.word());
    /** Outcomes of what a rack never ran. What is damaged may have been sent before it was. */
    static final List<String> NEVER_RAN = List.of(Outcome.REFUSED.word(), Outcome.BAD_CONFIG.word());

    static final List<String> WENT_BACK = List.of(Outcome.ROLLED_BACK.word(), Outcome.UNPROVEN.word());

    /** Whether its rack has run it, and nothing spoke against that. */
    public boolean ranWell() {
        return RAN_WELL.contains(outcome);
    }

    /** Whether its rack has not run it, but for a trial that ended with the rack's process. */
    public boolean neverRan() {
        return NEVER_RAN.contains(outcome);
    }

    /** Whether what its rack ran before runs, or will once it may, and this one does not. */
    public boolean cameToNothing() {
        return neverRan() || WENT_BACK.contains(outcome);
    }

    /** Name and version of what is to run. */
    public String title() {
        return scenario + " " + version;
    }

    /** The same with what came of it. */
    public ActivationEntry ended(String with, String how, long whenMs) {
        return new ActivationEntry(id, rack, scenario, version, hash, restart, atMs, with, how, whenMs);
    }
}
