package io.fluxrig.transport.snake.wire;

import org.slf4j.Logger;

/**
 * Whether a rack of a group leaves messages to the others, since its journal takes nothing: it has no space, or has failed. All that it has in hand would
 * wait for that journal otherwise, and their senders with all that is behind them, though another rack could take it. Somebody who receives alone
 * waits. The wire's thread only.
 */
final class GroupShare {
    /** Longer than a journal needs for its next segment. */
    static final long PATIENCE_NS = 1_000_000_000L;

    private final ReceiverSettings settings;
    private final Landing to;
    private final Logger log;
    private boolean taking = true;
    private boolean left;
    private long sinceNs;

    GroupShare(ReceiverSettings settings, Landing to, Logger log) {
        this.settings = settings;
        this.to = to;
        this.log = log;
    }

    /** Whether everything is to be given back at present, and nothing asked for. */
    boolean leftToOthers(long nowNs) {
        if (!settings.shared()) {
            return false;
        }
        boolean takes = to.takes();
        if (!takes && taking) {
            sinceNs = nowNs;
        }
        taking = takes;
        boolean now = !takes && nowNs - sinceNs >= PATIENCE_NS;
        if (now && !left) {
            log.warn(
                    "{}: the journal takes nothing (see its line, or /health): what comes is left to the others of the group until it does",
                    settings.subject());
        } else if (!now && left) {
            log.info("{}: the journal takes messages again, and this rack its share of them", settings.subject());
        }
        left = now;
        return now;
    }
}
