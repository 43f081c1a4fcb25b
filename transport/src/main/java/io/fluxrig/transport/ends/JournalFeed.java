package io.fluxrig.transport.ends;

import io.fluxrig.perf.ring.SpscRing;

/**
 * Puts messages that came from elsewhere into an {@code JournalKind.INCOMING} journal, as bytes; each goes on to the strip that
 * it was put in for. {@link #kept} tells in the order of {@link #offer} how many the journal's promise holds for. One thread,
 * which is no strip's.
 *
 * <p>Messages can be had back while the journal has not written them, see {@link #withdraw}.
 */
public final class JournalFeed {
    private final StripEnds end;
    private final JournalGate gate;
    private long offered;

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
            offered++;
            return JournalSender.SENT;
        }
        return outcome == SpscRing.FULL ? JournalSender.FULL : JournalSender.TOO_LONG;
    }

    /** Has the journal's thread look at the ring; once a batch. */
    public void flush() {
        gate.wake();
    }

    /** Whether the journal writes what it is given: not while it has no space or its disk does not answer, and not once it has failed. */
    public boolean takes() {
        return gate.state() == JournalGate.OPEN && !gate.stuck();
    }

    /** Whether the journal writes nothing any more: {@link #kept} stays as it is. */
    public boolean failed() {
        return gate.state() == JournalGate.FAILED;
    }

    /**
     * Has the journal's thread give back all that was offered and is not written yet. It drops them in its next turn, also without space: then
     * {@link #kept} and {@link #withdrawn} add up to all that was offered, and those that were kept are the first of them. Offer nothing until they do. A journal that has
     * {@link #failed} does nothing more.
     */
    public void withdraw() {
        end.withdrawTo = offered;
        gate.wake();
    }

    /** How many messages were given back since the journal was opened. Read before {@link #kept}, it counts none that comes before one of those. */
    public long withdrawn() {
        return end.withdrawn.get();
    }

    /** For how many of the messages offered the promise holds, in order. */
    public long kept() {
        return end.kept.get();
    }
}
