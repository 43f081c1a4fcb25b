package io.fluxrig.engine.strip;

import io.fluxrig.engine.gear.Timers;
import io.fluxrig.perf.timer.Expiry;
import io.fluxrig.perf.timer.TimerWheel;
import java.util.Arrays;

/**
 * The deadlines of all gears of a strip on one wheel: which source a timer is of stands beside the wheel, at the index that is
 * the low half of its id. Strip thread only; allocates only as more timers pend at once than ever before.
 *
 * <p>A source's number is given out again once its gear was stopped and none of its timers is on the wheel any more.
 */
final class StripTimers implements Expiry {
    /** Sources of all gears of a strip, those that are replaced and not spent included. */
    static final int SOURCES_MAX = Short.MAX_VALUE;

    /** Ticks in one turn of the wheel: 20 s at 5 ms, so that usual timeouts fire on their first turn. */
    private static final int SPOKES = 1 << 12;

    private final TimerWheel wheel;
    private Source[] sources = new Source[8];
    private short[] sourceOf = new short[1 << 10];

    StripTimers(long startNs, long tickNs, int pendingMax) {
        wheel = new TimerWheel(startNs, tickNs, SPOKES, Math.min(pendingMax, TimerWheel.PENDING_LIMIT));
    }

    /** The timers of one copy of a gear. */
    Timers of(Seat owner) {
        return handler -> add(owner, handler);
    }

    /** Those of the strip itself, such as of its wires; never forgotten. */
    Timers ofStrip() {
        return handler -> add(Timers.Handler::onDeadline, handler);
    }

    /** The copy was stopped: nothing of it fires any more, and nothing here keeps it. */
    void forget(Seat owner) {
        for (Source source : sources) {
            if (source != null && source.owner == owner) {
                source.forget();
            }
        }
    }

    /** Fires what is due, at most {@code limit}; how many were fired. */
    int poll(long nowNs, int limit) {
        return wheel.poll(nowNs, this, limit);
    }

    int pending() {
        return wheel.pending();
    }

    @Override
    public void onExpiry(long nowNs, long payload, long timerId) {
        Source source = sources[sourceOf[(int) timerId]];
        source.ended();
        if (source.owner != null) {
            source.owner.onDeadline(source.handler, nowNs, payload);
        }
    }

    private Source add(Owner owner, Timers.Handler handler) {
        int number = 0;
        while (number < sources.length && sources[number] != null) {
            number++;
        }
        if (number == SOURCES_MAX) {
            throw new IllegalStateException("timer sources=" + number + " max=" + SOURCES_MAX);
        }
        if (number == sources.length) {
            sources = Arrays.copyOf(sources, 2 * number);
        }
        sources[number] = new Source((short) number, owner, handler);
        return sources[number];
    }

    private void remember(int index, short source) {
        if (index >= sourceOf.length) {
            sourceOf = Arrays.copyOf(sourceOf, Math.max(index + 1, 2 * sourceOf.length));
        }
        sourceOf[index] = source;
    }

    /** Calls the handlers of its timers. */
    interface Owner {
        void onDeadline(Timers.Handler handler, long nowNs, long payload);
    }

    private final class Source implements Timers.Source {
        private final short number;
        /** Null once it was forgotten. */
        private Owner owner;

        private Timers.Handler handler;
        private int pending;

        Source(short number, Owner owner, Timers.Handler handler) {
            this.number = number;
            this.owner = owner;
            this.handler = handler;
        }

        @Override
        public long schedule(long deadlineNs, long payload) {
            long timerId = owner == null ? TimerWheel.FULL : wheel.schedule(deadlineNs, payload);
            if (timerId == TimerWheel.FULL) {
                return Timers.FULL;
            }
            remember((int) timerId, number);
            pending++;
            return timerId;
        }

        @Override
        public boolean cancel(long timerId) {
            boolean cancelled = wheel.cancel(timerId);
            if (cancelled) {
                sources[sourceOf[(int) timerId]].ended();
            }
            return cancelled;
        }

        void forget() {
            owner = null;
            handler = null;
            giveBackIfDone();
        }

        /** One of its timers is off the wheel. */
        void ended() {
            pending--;
            giveBackIfDone();
        }

        private void giveBackIfDone() {
            if (owner == null && pending == 0) {
                sources[number] = null;
            }
        }
    }
}
