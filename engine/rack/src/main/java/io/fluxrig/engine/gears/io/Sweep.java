package io.fluxrig.engine.gears.io;

import io.fluxrig.engine.gear.GearContext;
import io.fluxrig.engine.gear.Timers;
import io.fluxrig.iso.frame.FrameDecoder;
import io.fluxrig.iso.frame.FrameDiagnosis;
import java.util.function.LongConsumer;

/**
 * Times connections out: every 25 ms it looks at a share of them, so that each is seen once in a quarter of the shortest
 * timeout and ten thousand idle ones cost neither timers nor a pause. A connection is closed late by that quarter at
 * most. Its timer is the one that the gear has for certain, so that others are caught up with here. Strip thread only.
 */
final class Sweep {
    static final long TICK_NS = 25_000_000L;
    private static final long ROUND_NS_MAX = 1_000_000_000L;

    private final GearContext context;
    private final IoSettings settings;
    private final ConnectionTable connections;
    private final LongConsumer catchUp;
    private final Timers.Source timer;
    private final int ticksPerRound;
    private int cursor;
    private boolean stopped;

    /** @param catchUp called with the time at the end of each tick, for what found the timer wheel full */
    Sweep(GearContext context, IoSettings settings, ConnectionTable connections, LongConsumer catchUp) {
        this.context = context;
        this.settings = settings;
        this.connections = connections;
        this.catchUp = catchUp;
        timer = context.timers().source(this::tick);
        long shortest = Math.min(settings.readTimeoutNs(), settings.writeTimeoutNs());
        if (settings.idleTimeoutNs() > 0) {
            shortest = Math.min(shortest, settings.idleTimeoutNs());
        }
        ticksPerRound = (int) Math.max(1, Math.min(shortest / 4, ROUND_NS_MAX) / TICK_NS);
    }

    /** False if the strip's timer wheel is full. */
    boolean start() {
        return timer.schedule(context.clock().nanoTime() + TICK_NS, 0) != Timers.FULL;
    }

    void stop() {
        stopped = true;
    }

    private void tick(long nowNs, long unused) {
        if (stopped) {
            return;
        }
        // first, into the place on the wheel that it has just left: whatever comes below may take it
        timer.schedule(nowNs + TICK_NS, 0);
        int share = connections.limit() / ticksPerRound + 1;
        for (int i = 0; i < share; i++) {
            cursor = cursor + 1 < connections.limit() ? cursor + 1 : 0;
            Connection connection = cursor < connections.limit() ? connections.at(cursor) : null;
            if (connection != null) {
                look(connection, nowNs);
            }
        }
        catchUp.accept(nowNs);
    }

    private void look(Connection connection, long nowNs) {
        if (connection.flushing != null && nowNs - connection.flushingSinceNs > settings.writeTimeoutNs()) {
            connection.close(CloseReason.WRITE_TIMEOUT);
        } else if (connection.restLength > 0
                && !connection.held
                && nowNs - connection.frameBegunNs > settings.readTimeoutNs()) {
            connection.close(
                    CloseReason.READ_TIMEOUT,
                    FrameDiagnosis.of(
                            settings.framing(), FrameDecoder.NEED_MORE, connection.rest, 0, connection.restLength));
        } else if (settings.idleTimeoutNs() > 0
                && nowNs - connection.lastReadNs > settings.idleTimeoutNs()
                && !connection.held) {
            connection.close(CloseReason.IDLE_TIMEOUT);
        }
    }
}
