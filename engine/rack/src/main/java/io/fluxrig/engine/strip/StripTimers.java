package io.fluxrig.engine.strip;

import io.fluxrig.engine.gear.Timers;
import io.fluxrig.perf.timer.Expiry;
import io.fluxrig.perf.timer.TimerWheel;
import java.util.Arrays;

/**
 * The deadlines of all gears of a strip on one wheel: which source a timer is of stands beside the wheel, at the index that is
 * the low half of its id. Strip thread only; allocates only as more timers pend at once than ever before.
 */
final class StripTimers implements Expiry {
    /** Ticks in one turn of the wheel: 20 s at 5 ms, so that usual timeouts fire on their first turn. */
    private static final int SPOKES = 1 << 12;

    private final TimerWheel wheel;
    private GearSlot[] slots = new GearSlot[8];
    private Timers.Handler[] handlers = new Timers.Handler[8];
    private short[] sourceOf = new short[1 << 10];
    private int sources;

    StripTimers(long startNs, long tickNs, int pendingMax) {
        wheel = new TimerWheel(startNs, tickNs, SPOKES, Math.min(pendingMax, TimerWheel.PENDING_LIMIT));
    }

    /** The timers of one gear. */
    Timers of(GearSlot slot) {
        return handler -> source(slot, handler);
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
        int source = sourceOf[(int) timerId];
        slots[source].onDeadline(handlers[source], nowNs, payload);
    }

    private Timers.Source source(GearSlot slot, Timers.Handler handler) {
        if (sources == Short.MAX_VALUE) {
            throw new IllegalStateException("timer sources=" + sources);
        }
        if (sources == slots.length) {
            slots = Arrays.copyOf(slots, 2 * sources);
            handlers = Arrays.copyOf(handlers, 2 * sources);
        }
        short number = (short) sources++;
        slots[number] = slot;
        handlers[number] = handler;
        return new Timers.Source() {
            @Override
            public long schedule(long deadlineNs, long payload) {
                return scheduleFor(number, deadlineNs, payload);
            }

            @Override
            public boolean cancel(long timerId) {
                return wheel.cancel(timerId);
            }
        };
    }

    private long scheduleFor(short source, long deadlineNs, long payload) {
        long timerId = wheel.schedule(deadlineNs, payload);
        if (timerId == TimerWheel.FULL) {
            return Timers.FULL;
        }
        int index = (int) timerId;
        if (index >= sourceOf.length) {
            sourceOf = Arrays.copyOf(sourceOf, Math.max(index + 1, 2 * sourceOf.length));
        }
        sourceOf[index] = source;
        return timerId;
    }
}
