package io.fluxrig.engine.strip;

import io.fluxrig.engine.gear.GearMetrics;
import io.fluxrig.engine.gear.Outcome;
import io.fluxrig.engine.gear.Receipts;
import io.fluxrig.perf.count.Counter;
import io.fluxrig.transport.ends.JournalSender;
import io.fluxrig.transport.msg.FluxMsg;
import io.fluxrig.transport.msg.Meta;
import io.fluxrig.transport.msg.MetaKey;
import java.util.ArrayList;
import java.util.List;

/**
 * Where a durable or guaranteed wire leaves its strip: messages go into the ring to the thread that keeps or carries them. Strip
 * thread only; allocates nothing.
 *
 * <p>A connection's id means something to the rack that accepted it only, and only until that stops. So a message with one takes
 * along where it does ({@code conn.rack}), which the {@link DurableInlet} of that very run takes off again.
 */
final class DurableOutlet {
    private static final int REASONS = 6;

    private final int gear;
    private final String port;
    private final String lane;
    private final String home;
    private final JournalSender sender;
    private final Counter[] refused = new Counter[REASONS];
    private final List<KeptAction> onKept = new ArrayList<>(1);
    private long toldKept;
    private boolean awaited;
    private boolean sentThisBatch;

    /** What a copy of the gear wants to be called with. */
    private record KeptAction(Seat owner, Runnable action) {}

    /** @param lane the wire's, as metrics name it */
    DurableOutlet(
            int gear, String port, String lane, String name, JournalSender sender, String home, GearMetrics metrics) {
        this.gear = gear;
        this.port = port;
        this.sender = sender;
        this.lane = lane;
        this.home = home;
        refused(metrics, name, JournalSender.FULL, "full");
        refused(metrics, name, JournalSender.TOO_LONG, "too_long");
        refused(metrics, name, JournalSender.STALLED, "stalled");
        refused(metrics, name, JournalSender.FAILED, "failed");
        refused(metrics, name, JournalSender.UNWRITABLE, "unwritable");
    }

    private void refused(GearMetrics metrics, String name, int outcome, String reason) {
        refused[-outcome] = metrics.counter(
                lane + "_refused_total",
                "Messages that a " + lane + " wire did not take, by reason",
                "wire",
                name,
                "reason",
                reason);
    }

    boolean isOf(int ofGear, String ofPort) {
        return gear == ofGear && port.equals(ofPort);
    }

    /** Sends the message, which is left as it is; on its way it says whose its connection is. */
    int take(FluxMsg message) {
        Meta meta = message.meta();
        boolean ours = meta.has(MetaKey.CONN_ID) && !meta.has(MetaKey.CONN_RACK) && !home.isEmpty();
        if (ours) {
            meta.set(MetaKey.CONN_RACK, home);
        }
        int sent = sender.send(message);
        if (ours) {
            meta.unset(MetaKey.CONN_RACK);
        }
        if (sent == JournalSender.SENT) {
            sentThisBatch = true;
            return Outcome.ACCEPTED;
        }
        refused[-sent].increment();
        return switch (sent) {
            case JournalSender.FULL -> Outcome.FULL;
            // where it has failed for good as well: the message is sound, and whoever asked is to be told
            case JournalSender.STALLED, JournalSender.FAILED -> Outcome.STALLED;
            default -> Outcome.REFUSED;
        };
    }

    /** Whether what was {@link Outcome#FULL} will have room in a moment. */
    boolean isWorthAWait() {
        return sender.isWorthAWait();
    }

    long sent() {
        return sender.sent();
    }

    long kept() {
        return sender.kept();
    }

    /** The same for one copy of the gear. */
    Receipts receipts(Seat owner) {
        return new Receipts() {
            @Override
            public long sent() {
                return sender.sent();
            }

            @Override
            public long kept() {
                return sender.kept();
            }

            @Override
            public void onKept(Runnable action) {
                onKept.add(new KeptAction(owner, action));
            }
        };
    }

    /** The copy was stopped and is told nothing any more. */
    void forget(Seat owner) {
        onKept.removeIf(told -> told.owner() == owner);
    }

    /** Whether an inlet of the strip waits for this promise. */
    void awaited(boolean now) {
        awaited = now;
    }

    /** Tells those who asked that more is kept. */
    void tellKept() {
        sender.wakeWhenKept(awaited || !onKept.isEmpty());
        long kept = sender.kept();
        if (kept > toldKept) {
            toldKept = kept;
            for (int i = 0; i < onKept.size(); i++) {
                onKept.get(i).owner().run(onKept.get(i).action());
            }
        }
    }

    void endBatch() {
        if (sentThisBatch) {
            sentThisBatch = false;
            sender.endBatch();
        }
    }

    boolean pressured() {
        return sender.pressured();
    }

    boolean relieved() {
        return sender.relieved();
    }
}
