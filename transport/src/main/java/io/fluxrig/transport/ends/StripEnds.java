package io.fluxrig.transport.ends;

import io.fluxrig.perf.count.Counter;
import io.fluxrig.perf.ring.SpscRing;

/**
 * What one strip and the journal's thread share. Each ring and counter has one writer: {@code toJournal}, {@code taken} and
 * {@code redelivered} the strip, {@code toStrip}, {@code kept} and {@code withdrawn} the journal's thread.
 *
 * <p>A record's type in a ring is made of {@link #DATA_LEFT_OUT} and {@link #SET_ASIDE}, or is a kind of {@code EntryRecord}.
 */
public final class StripEnds {
    /** Most strips: a strip's number is a bit of a mask. */
    public static final int STRIPS_MAX = 64;

    /** Largest ring: its longest record fits one block of a journal. */
    public static final int RING_BYTES_MAX = 1 << 20;

    /** A message whose payload was left out, and must be read again from its raw bytes. */
    static final int DATA_LEFT_OUT = 1;

    /** A record that the receiver could not take, on its way back to be set aside. */
    public static final int SET_ASIDE = 1 << 1;

    /** Of a ring that nothing goes through. */
    public static final int UNUSED_RING_BYTES = SpscRing.CAPACITY_MIN;

    /** Of the strip to the thread that carries. */
    public final SpscRing toJournal;
    /** And back. */
    public final SpscRing toStrip;
    /** Records of the strip that the promise holds for. */
    public final Counter kept = new Counter();
    /** Records that the strip's gear has taken. */
    public final Counter taken = new Counter();

    /** Records that whoever feeds the journal wants back if they are not written yet, counted from the first; written by that one. */
    public volatile long withdrawTo;
    /** Records that it has got back. */
    public final Counter withdrawn = new Counter();

    /** Deliveries that were not a record's first. */
    public final Counter redelivered = new Counter();
    /** Records on their way to be set aside, counted before they count as {@link #taken}. */
    public final Counter asideSent = new Counter();
    /** How many of them are written; the journal's thread only. */
    public long asideWritten;
    /** Whether the strip wants to be woken when {@link #kept} rises. */
    public volatile boolean waiting;

    /** @param ringBytes of the way in; the way out takes any record that was ever written */
    public StripEnds(int ringBytes) {
        this(ringBytes, RING_BYTES_MAX);
    }

    /** @param outBytes of the way out, where less comes that way or nothing */
    public StripEnds(int ringBytes, int outBytes) {
        toJournal = new SpscRing(ringBytes);
        toStrip = new SpscRing(outBytes);
    }
}
