package io.fluxrig.transport.ends;

import io.fluxrig.perf.ring.SpscRing;

/**
 * Puts messages that came from elsewhere into an {@code JournalKind.INCOMING} journal, as bytes; each goes on to the strip that
 * it was put in for. {@link #kept} tells in the order of {@link #offer} how many the journal's promise holds for. One thread,
 * which is no strip's.
 */
public final class JournalFeed {
    private final StripEnds end;
    private final JournalGate gate;

    /** For the journal. */
    public JournalFeed(StripEnds end, JournalGate gate) {
        this.end = end;
        this.gate = gate;
        end.waiting = true;
    }

    /**
     * Copies a message into the ring to the journal's thread.
     *
     * @param strip that is to have it
     * @param dataLeftOut the payload must be read again from {@code raw}
     * @return {@link JournalSender#SENT}, {@link JournalSender#FULL}, {@link JournalSender#TOO_LONG}, {@link
     *     JournalSender#STALLED} or {@link JournalSender#FAILED}
     */
    public int offer(int strip, boolean dataLeftOut, byte[] message, int offset, int length) {
        int state = gate.state();
        if (state != JournalGate.OPEN) {
            return state == JournalGate.STALLED ? JournalSender.STALLED : JournalSender.FAILED;
        }
        int type = strip << 16 | (dataLeftOut ? StripEnds.DATA_LEFT_OUT : 0);
        int outcome = end.toJournal.offer(type, message, offset, length);
        if (outcome == SpscRing.OK) {
            return JournalSender.SENT;
        }
        return outcome == SpscRing.FULL ? JournalSender.FULL : JournalSender.TOO_LONG;
    }

    /** Has the journal's thread look at the ring; once a batch. */
    public void flush() {
        gate.wake();
    }

    /** For how many of the messages offered the promise holds, in order. */
    public long kept() {
        return end.kept.get();
    }
}
