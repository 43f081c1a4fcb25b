package io.fluxrig.load.net;

import io.netty.channel.EventLoop;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Keeps every connection full: a request is due as soon as there is room for it. Answers that arrive in one read lead to one
 * write, of as many requests.
 */
final class ClosedLoop implements Dispatch {
    /** Requests given to a connection at once, however much room it has. */
    private static final int REQUESTS_BATCH = 256;
    /** Connections filled before the loop looks at its sockets again. */
    private static final int CONNECTIONS_BATCH = 16;
    /** For room that no answer will announce: left over by a batch, or for want of a STAN. */
    private static final long RETRY_NS = TimeUnit.MILLISECONDS.toNanos(10);

    private final EventLoop eventLoop;
    private final RunClock clock;
    private final Requests requests;
    private final List<LoadConnection> connections;
    private final long durationNs;
    private boolean sending;
    private boolean retrying;

    /** @param connections all of the loop, as they come */
    ClosedLoop(
            EventLoop eventLoop, RunClock clock, Requests requests, List<LoadConnection> connections, long durationNs) {
        this.eventLoop = eventLoop;
        this.clock = clock;
        this.requests = requests;
        this.connections = connections;
        this.durationNs = durationNs;
    }

    @Override
    public void start() {
        sending = true;
        fillFrom(0);
    }

    @Override
    public void room(LoadConnection connection) {
        if (sending) {
            fill(connection);
        }
    }

    @Override
    public void stop() {
        sending = false;
    }

    private void fillFrom(int first) {
        int end = Math.min(connections.size(), first + CONNECTIONS_BATCH);
        for (int i = first; i < end && sending; i++) {
            fill(connections.get(i));
        }
        if (end < connections.size() && sending) {
            eventLoop.execute(() -> fillFrom(end));
        }
    }

    private void fill(LoadConnection connection) {
        long nowNs = clock.nowNs();
        if (nowNs >= durationNs) {
            sending = false;
            return;
        }
        requests.setTime(nowNs);
        int sent = 0;
        while (sent < REQUESTS_BATCH && connection.hasRoom() && requests.send(connection, nowNs, nowNs)) {
            sent++;
        }
        connection.flush();
        if (connection.hasRoom()) {
            retryLater();
        }
    }

    /** No STAN was free, or the room was more than a batch. */
    @SuppressWarnings("FutureReturnValueIgnored") // nobody cancels it, and it throws nothing
    private void retryLater() {
        if (!retrying) {
            retrying = true;
            eventLoop.schedule(this::retry, RETRY_NS, TimeUnit.NANOSECONDS);
        }
    }

    private void retry() {
        retrying = false;
        fillFrom(0);
    }
}
