package io.fluxrig.engine.strip;

import io.fluxrig.engine.gear.GearMetrics;
import io.fluxrig.perf.count.Counter;
import io.fluxrig.perf.count.Level;
import io.fluxrig.transport.lane.TurboReceiver;
import io.fluxrig.transport.lane.TurboSender;

/**
 * Where one strip meets the others: the turbo rings to and from each, who must be woken after this batch, and whether a ring is
 * so full that sockets should rest. Strip thread only, but {@link #pressured()}, which any thread may read.
 */
final class Crossings {
    private final StripBank bank;
    private final int strip;
    private final Durables durables;
    private final TurboSender[] senders;
    private final TurboReceiver[] receivers;
    private final Counter[] sent;
    private final Counter[] full;
    private final Counter unsendable;
    private final Level pressure;
    private long toWake;
    private volatile boolean pressured;

    Crossings(StripBank bank, int strip, int hopsMax, GearMetrics metrics, Durables durables) {
        int strips = bank.settings().strips();
        this.bank = bank;
        this.strip = strip;
        this.durables = durables;
        senders = new TurboSender[strips];
        receivers = new TurboReceiver[strips];
        sent = new Counter[strips];
        full = new Counter[strips];
        unsendable = metrics.counter("turbo_unsendable_total", "Messages too long or too odd for a turbo ring");
        pressure = metrics.level("strip_pressured", "1 while a ring that leaves the strip is nearly full");
        byte[] scratch = strips == 1 ? new byte[0] : new byte[bank.messageLengthMax()];
        byte[] window = new byte[scratch.length];
        for (int other = 0; other < strips; other++) {
            if (other != strip) {
                senders[other] = bank.wire(strip, other).sender(scratch);
                receivers[other] = bank.wire(other, strip).receiver(window, hopsMax);
                String to = Integer.toString(other);
                sent[other] = metrics.counter("turbo_sent_total", "Messages put into a turbo ring", "to", to);
                full[other] = metrics.counter("turbo_full_total", "Messages a full turbo ring held back", "to", to);
            }
        }
    }

    TurboSender sender(int to) {
        return senders[to];
    }

    void sent(int to) {
        sent[to].increment();
        toWake |= 1L << to;
    }

    void full(int to) {
        full[to].increment();
        toWake |= 1L << to;
        pressured(true);
    }

    /** A durable wire held a message back. */
    void held() {
        pressured(true);
    }

    void unsendable() {
        unsendable.increment();
    }

    boolean pressured() {
        return pressured;
    }

    /** Takes at most {@code limit} messages from each ring; whether some ring may hold more. */
    boolean poll(TurboReceiver.Handler handler, int limit) {
        boolean more = false;
        for (int other = 0; other < receivers.length; other++) {
            if (other == strip) {
                continue;
            }
            int taken = receivers[other].poll(handler, limit);
            more |= taken == limit;
            if (taken > 0) {
                bank.wakeIfPressured(other);
            }
        }
        return more;
    }

    /** Wakes the strips that were sent something, wipes what the messages left behind, and looks at the rings' levels. */
    void endBatch() {
        for (long rest = toWake; rest != 0; rest &= rest - 1) {
            int other = Long.numberOfTrailingZeros(rest);
            senders[other].wipe();
            bank.wake(other);
            if (!pressured && senders[other].pressured()) {
                pressured(true);
            }
        }
        toWake = 0;
        if (!pressured && durables.pressured()) {
            pressured(true);
        }
    }

    /** Whether pressure has just ended: every ring that leaves, also to a journal, is below half. */
    boolean relieve() {
        if (!pressured) {
            return false;
        }
        for (int other = 0; other < senders.length; other++) {
            if (other != strip && !senders[other].relieved()) {
                return false;
            }
        }
        if (!durables.relieved()) {
            return false;
        }
        pressured(false);
        return true;
    }

    private void pressured(boolean now) {
        if (pressured != now) {
            pressured = now;
            pressure.set(now ? 1 : 0);
        }
    }
}
