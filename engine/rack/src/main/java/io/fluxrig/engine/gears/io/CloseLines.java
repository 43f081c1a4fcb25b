package io.fluxrig.engine.gears.io;

import io.fluxrig.engine.gear.GearContext;
import io.fluxrig.engine.gears.ConnectionName;
import io.fluxrig.engine.gears.LogBudget;
import org.slf4j.event.Level;

/** Lines in the log about connections that are closed, some a second at most. Strip thread only. */
final class CloseLines {
    private static final int LINES_MAX = 10;

    private final GearContext context;
    private final Dialer dialer;
    private final LogBudget budget = new LogBudget(LINES_MAX);

    /** @param dialer of a client, null of a server */
    CloseLines(GearContext context, Dialer dialer) {
        this.context = context;
        this.dialer = dialer;
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
}
