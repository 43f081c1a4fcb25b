package io.fluxrig.transport.snake.peer;

import io.fluxrig.perf.count.Counter;

/** What is counted of heartbeats. Sent: the heartbeats' thread; all else under the lock of {@link PeerWatch}; read by any. */
public final class PeerFigures {
    final Counter sent = new Counter();
    final Counter heard = new Counter();
    final Counter forged = new Counter();
    final Counter stale = new Counter();
    final Counter crowded = new Counter();
    final Counter lost = new Counter();

    /** Heartbeats that this rack sent. */
    public long sent() {
        return sent.get();
    }

    /** Heartbeats of other racks that counted. */
    public long heard() {
        return heard.get();
    }

    /** Heartbeats dropped because no rack with this key made them. */
    public long forged() {
        return forged.get();
    }

    /** Heartbeats dropped because they are not later than the last of their rack. */
    public long stale() {
        return stale.get();
    }

    /** Heartbeats dropped because more racks say them than are kept apart. */
    public long crowded() {
        return crowded.get();
    }

    /** Times that the far end of a wire went down. */
    public long lost() {
        return lost.get();
    }
}
