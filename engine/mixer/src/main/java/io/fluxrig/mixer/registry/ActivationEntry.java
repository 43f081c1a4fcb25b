package io.fluxrig.mixer.registry;

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

    /** Another activation came before the rack said anything, or the rack was removed. */
    public static final String SUPERSEDED = "superseded";

    /** The mixer's store has not its files as they were kept any more: it is not sent, unless it is activated again. */
    public static final String DAMAGED = "damaged";

    /** The same with what came of it. */
    public ActivationEntry ended(String with, String how, long whenMs) {
        return new ActivationEntry(id, rack, scenario, version, hash, restart, atMs, with, how, whenMs);
    }
}
