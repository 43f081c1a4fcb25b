package io.fluxrig.engine.gears.io;

import io.fluxrig.engine.gear.GearContext;
import io.fluxrig.engine.gears.ConnectionName;
import io.fluxrig.engine.gears.LogBudget;
import io.fluxrig.engine.gears.LogBudgets;
import org.slf4j.event.Level;

/** Lines in the log about connections that are closed, some a second at most; how many were left out is told later. Strip thread only. */
final class CloseLines {
    private static final int LINES_MAX = 10;
    private static final long WINDOW_NS = 1_000_000_000L;

    private final GearContext context;
    private final Dialer dialer;
    private final LogBudgets budgets;
    private final LogBudget budget;

    /** @param dialer of a client, null of a server */
    CloseLines(GearContext context, Dialer dialer) {
        this.context = context;
        this.dialer = dialer;
        budgets = new LogBudgets(context);
        budget = budgets.of(context.log(), Level.INFO, "connections that closed", LINES_MAX, WINDOW_NS);
    }

    /** Tells of one, at WARN where nobody meant it. */
    void tell(Connection connection, CloseReason reason) {
        boolean accepted = connection.link == Connection.ACCEPTED;
        boolean peerLeft = reason == CloseReason.PEER_CLOSED || accepted && reason == CloseReason.PEER_RESET;
        boolean quiet = reason == CloseReason.STOPPED || reason == CloseReason.REPLACED || accepted && peerLeft;
        String closes =
                quiet || accepted ? "" : dialer.closed(connection.link, reason.label(), connection.closeCause());
        if (quiet || closes == null || !budget.allows(context.clock().nanoTime())) {
            return;
        }
        Level level = peerLeft ? Level.INFO : Level.WARN; // a host that drains closes its lines
        context.log()
                .atLevel(level)
                .log(
                        "connection {} {} {} closed: {}{}{}{}{}",
                        ConnectionName.of(connection.id()),
                        accepted ? "from" : "to",
                        connection.peerIp(),
                        reason.label(),
                        connection.closeCause().isEmpty() ? "" : ": ",
                        connection.closeCause(),
                        closes,
                        budget.takeSuppressed());
    }

    /** Tells of those that were left out. */
    void close() {
        budgets.close();
    }
}
