package io.fluxrig.load.net;

import io.fluxrig.load.pace.Pace;
import io.fluxrig.load.tally.Tally;
import io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * Sends by a schedule that no answer changes, connection after connection. A message that is due while none has room keeps
 * its intended time and leaves once there is, so the wait is part of its latency.
 */
final class OpenLoop implements Dispatch {
    /** Messages sent before the loop looks at its sockets again. */
    private static final int SEND_BATCH = 256;
    /** For what is held back for want of a STAN, which no answer on a connection tells. */
    private static final long RETRY_NS = TimeUnit.MILLISECONDS.toNanos(10);

    private final EventLoop eventLoop;
    private final RunClock clock;
    private final Requests requests;
    private final List<LoadConnection> connections;
    private final List<LoadConnection> unflushed = new ArrayList<>();
    private final long durationNs;
    private final Pace pace;
    private final Tally tally;
    private int nextConnection;
    private long dueNs;
    private boolean sending;
    private boolean heldBack;
    private Future<?> timer;
    private long timerNs = Long.MAX_VALUE;

    /**
     * @param connections all of the loop, as they come
     * @param tally counts what was due and never sent
     */
    OpenLoop(
            EventLoop eventLoop,
            RunClock clock,
            Requests requests,
            List<LoadConnection> connections,
            long durationNs,
            Pace pace,
            Tally tally) {
        this.eventLoop = eventLoop;
        this.clock = clock;
        this.requests = requests;
        this.connections = connections;
        this.durationNs = durationNs;
        this.pace = pace;
        this.tally = tally;
    }

    @Override
    public void start() {
        sending = true;
        dueNs = pace.nextNs();
        pump(null);
    }

    @Override
    public void room(LoadConnection connection) {
        if (heldBack && sending) {
            pump(connection);
        }
    }

    @Override
    public void stop() {
        while (sending && !heldBack && dueNs <= clock.nowNs()) {
            pump(null);
        }
        if (sending) {
            sending = false;
            countUnsent(clock.nowNs());
        }
    }

    /** What was due before the end and found no room. */
    private void countUnsent(long nowNs) {
        long endNs = Math.min(nowNs, durationNs);
        while (dueNs < endNs) {
            tally.unsent.increment();
            dueNs = pace.nextNs();
        }
    }

    /**
     * Sends whatever is due and sees to it that it is called when the next message is.
     *
     * @param only the one connection that has room, null if any may have
     */
    private void pump(LoadConnection only) {
        long nowNs = clock.nowNs();
        requests.setTime(nowNs);
        heldBack = false;
        for (int sent = 0; sent < SEND_BATCH && due(nowNs) && !heldBack; sent++) {
            LoadConnection connection = only == null ? nextWithRoom() : only;
            heldBack = connection == null || !send(connection, nowNs);
        }
        flush();
        schedule();
    }

    private boolean due(long nowNs) {
        sending &= dueNs < durationNs;
        return sending && dueNs <= nowNs;
    }

    private boolean send(LoadConnection connection, long nowNs) {
        boolean first = !connection.isUnflushed();
        if (!connection.hasRoom() || !requests.send(connection, dueNs, nowNs)) {
            return false;
        }
        if (first) {
            unflushed.add(connection);
        }
        dueNs = pace.nextNs();
        return true;
    }

    /** In turn from the one after the last; null if all are full. */
    private LoadConnection nextWithRoom() {
        for (int i = 0; i < connections.size(); i++) {
            LoadConnection connection = connections.get(nextConnection);
            nextConnection = nextConnection + 1 == connections.size() ? 0 : nextConnection + 1;
            if (connection.hasRoom()) {
                return connection;
            }
        }
        return null;
    }

    private void flush() {
        for (int i = 0; i < unflushed.size(); i++) {
            unflushed.get(i).flush();
        }
        unflushed.clear();
    }

    /** Keeps one timer at most, at the earliest time that was asked for. */
    private void schedule() {
        if (!sending) {
            return;
        }
        long nowNs = clock.nowNs();
        long atNs = heldBack ? nowNs + RETRY_NS : dueNs;
        if (timer != null && timerNs <= atNs) {
            return;
        }
        if (timer != null) {
            timer.cancel(false);
        }
        timerNs = atNs;
        timer = eventLoop.schedule(this::onTimer, Math.max(0, atNs - nowNs), TimeUnit.NANOSECONDS);
    }

    private void onTimer() {
        timer = null;
        if (sending) {
            pump(null);
        }
    }
}
