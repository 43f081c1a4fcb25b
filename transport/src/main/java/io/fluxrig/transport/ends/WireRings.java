package io.fluxrig.transport.ends;

import io.fluxrig.perf.ring.RecordHandler;
import io.fluxrig.perf.ring.SpscRing;

/**
 * The strips' ends of a wire that is carried without a journal: a ring from each strip to the carrier's thread and one back. The
 * strips use it as they use a {@code Journal}; the carrier says what is kept, and learns what was taken.
 *
 * <p>Threading: {@link #sender} and {@link #receiver} before the strips run; everything else by the carrier's one thread.
 */
public final class WireRings implements WireEnds {
    private final StripEnds[] ends;
    private final JournalGate gate = new JournalGate();

    /** @param ringBytes of the ring from each strip, a power of two */
    public WireRings(int strips, int ringBytes) {
        ends = new StripEnds[strips];
        for (int i = 0; i < strips; i++) {
            ends[i] = new StripEnds(ringBytes);
        }
    }

    @Override
    public JournalSender sender(int strip, byte[] scratch) {
        return new JournalSender(ends[strip], gate, scratch);
    }

    @Override
    public JournalReceiver receiver(int strip, int hopsMax) {
        return new JournalReceiver(ends[strip], gate, hopsMax);
    }

    @Override
    public int messageLengthMax() {
        return ends[0].toJournal.recordLengthMax();
    }

    public int strips() {
        return ends.length;
    }

    /** How strips wake the carrier's thread, and whether they may send. */
    public JournalGate gate() {
        return gate;
    }

    /** Takes what a strip has sent; {@link #dataLeftOut} and {@link #refusedPlace} read a record's type. */
    public int poll(int strip, RecordHandler to, int limit) {
        return ends[strip].toJournal.poll(to, limit);
    }

    /** The wire's promise holds for one more message of the strip; true if the strip wants to be woken for it. */
    public boolean kept(int strip) {
        ends[strip].kept.increment();
        return ends[strip].waiting;
    }

    /**
     * Gives a strip a message.
     *
     * @param place comes back with the message if its gear refuses it for good; below 2^13
     * @return whether there was room
     */
    public boolean offer(int strip, int place, boolean dataLeftOut, byte[] message, int offset, int length) {
        int type = place << 16 | (dataLeftOut ? StripEnds.DATA_LEFT_OUT : 0);
        return ends[strip].toStrip.offer(type, message, offset, length) == SpscRing.OK;
    }

    /** Messages that the strip has dealt with, in order: taken by their gear, or refused for good. */
    public long taken(int strip) {
        return ends[strip].taken.get();
    }

    /** What the type of a record from {@link #poll} says. */
    public static boolean dataLeftOut(int type) {
        return (type & StripEnds.DATA_LEFT_OUT) != 0;
    }

    /** The place in the type of a record that a strip sent back because its gear refused it for good; -1 of any other. */
    public static int refusedPlace(int type) {
        return (type & StripEnds.SET_ASIDE) != 0 ? type >>> 16 : -1;
    }
}
