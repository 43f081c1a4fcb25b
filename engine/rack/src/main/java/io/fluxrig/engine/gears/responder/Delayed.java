package io.fluxrig.engine.gears.responder;

import io.fluxrig.engine.gear.Timers;
import io.fluxrig.engine.message.IsoPayload;
import io.fluxrig.perf.clock.Clock;
import io.fluxrig.transport.msg.FluxMsg;
import java.util.Arrays;
import java.util.function.Consumer;

/**
 * Answers that wait for their time, each a copy of its message in a slot that is used again and again. Holds at most
 * {@code max}; card data in a slot is wiped when its answer has left. Strip thread only.
 */
final class Delayed {
    private static final byte[] NOTHING = new byte[0];

    private final Clock clock;
    private final Timers.Source timer;
    private final Consumer<FluxMsg> due;
    private final int max;
    private FluxMsg[] slots = new FluxMsg[16];
    private IsoPayload[] payloads = new IsoPayload[16];
    private int[] free = new int[16];
    private int freeCount;
    private int made;
    private int held;

    /** @param due takes an answer whose time has come, lent for the call */
    Delayed(Clock clock, Timers timers, int max, Consumer<FluxMsg> due) {
        this.clock = clock;
        this.max = max;
        this.due = due;
        timer = timers.source((nowNs, slot) -> release((int) slot));
    }

    /** Keeps a copy until then; false if there is no room. */
    boolean hold(FluxMsg answer, long delayNs) {
        if (held == max) {
            return false;
        }
        int slot = freeCount > 0 ? free[--freeCount] : grow();
        FluxMsg copy = slots[slot];
        copy.copyFrom(answer, payloads[slot]);
        copy.raw(NOTHING, 0, 0);
        copy.data(NOTHING, 0, 0);
        if (timer.schedule(clock.nanoTime() + delayNs, slot) == Timers.FULL) {
            forget(slot);
            return false;
        }
        held++;
        return true;
    }

    int held() {
        return held;
    }

    private void release(int slot) {
        held--;
        due.accept(slots[slot]);
        forget(slot);
    }

    private void forget(int slot) {
        payloads[slot].wipe();
        slots[slot].clear();
        free[freeCount++] = slot;
    }

    private int grow() {
        if (made == slots.length) {
            slots = Arrays.copyOf(slots, made * 2);
            payloads = Arrays.copyOf(payloads, made * 2);
            free = Arrays.copyOf(free, made * 2);
        }
        slots[made] = new FluxMsg();
        payloads[made] = new IsoPayload();
        return made++;
    }
}
