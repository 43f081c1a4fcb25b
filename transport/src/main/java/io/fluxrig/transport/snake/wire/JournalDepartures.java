package io.fluxrig.transport.snake.wire;

import io.fluxrig.transport.ends.JournalGate;
import io.fluxrig.transport.ends.JournalTap;
import io.fluxrig.transport.ends.Shortage;
import io.fluxrig.transport.journal.Journal;
import io.fluxrig.transport.snake.seal.Origin;

/** Messages that the sender's journal keeps until they are confirmed. Holds senders back by itself when it is full. */
final class JournalDepartures implements Departures {
    private final Origin origin;
    private final JournalTap tap;
    private final JournalGate gate;
    private int settled;

    /** @param gate of the thread that carries; the journal has another */
    JournalDepartures(Journal journal, JournalGate gate) {
        this.gate = gate;
        this.origin = new Origin(journal.id());
        this.tap = journal.tap();
    }

    @Override
    public Origin origin() {
        return origin;
    }

    @Override
    public int poll(JournalTap.Handler to, int limit) {
        return tap.poll(to, limit);
    }

    @Override
    public void settled(int strip) {
        settled++;
    }

    @Override
    public void flush() {
        if (settled > 0) {
            tap.acknowledge(settled);
            settled = 0;
        }
    }

    @Override
    public void stuck(boolean now) {
        // as stalled
    }

    @Override
    public void stalled(boolean now, long sinceEpochNs) {
        // the journal takes messages for as long as it has space
    }

    @Override
    public void tooLong(boolean now, long sinceEpochNs) {
        gate.shortage(now ? new Shortage(Shortage.Cause.TOO_LONG, sinceEpochNs, false) : null);
    }
}
