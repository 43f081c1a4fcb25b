package io.fluxrig.transport.ends;

import io.fluxrig.perf.buffer.Bytes;
import io.fluxrig.perf.ring.SpscRing;
import io.fluxrig.transport.cbor.CborFault;
import io.fluxrig.transport.msg.FluxMsg;
import io.fluxrig.transport.msg.FluxMsgWriter;
import io.fluxrig.transport.msg.MetaKey;

/**
 * A strip's way into a journal. {@link #send} puts a message into the ring to the journal's thread and never waits; the promise
 * of the journal's {@code SyncMode} holds for the first {@link #kept()} of the {@link #sent()} messages, in order.
 *
 * <p>The strip's thread only; allocates nothing.
 */
public final class JournalSender {
    /** The message is in the ring; {@link #kept()} tells when the promise holds. */
    public static final int SENT = 0;
    /** No room in the ring; nothing was taken. */
    public static final int FULL = -1;
    /** Longer than a record can be; it will never fit. */
    public static final int TOO_LONG = -2;
    /** The journal has had no space on its disk for too long, or no answer from it. */
    public static final int STALLED = -3;
    /** The journal has failed or was closed. */
    public static final int FAILED = -4;
    /** The message cannot be written as CBOR. */
    public static final int UNWRITABLE = -5;

    private final StripEnds ends;
    private final JournalGate gate;
    private final byte[] scratch;
    private final FluxMsgWriter writer = new FluxMsgWriter();
    private int scratchUsed;
    private long sent;

    /** For whoever carries the wire. */
    public JournalSender(StripEnds ends, JournalGate gate, byte[] scratch) {
        this.ends = ends;
        this.gate = gate;
        this.scratch = scratch;
    }

    /**
     * Copies a message into the ring: all of it, so that it can be read without the dialect it came in. Only a payload that
     * cannot stand in CBOR (a tag twice in one composite) is left out where {@code codec.spec_hash} says how {@code raw} is
     * read again.
     *
     * @return {@link #SENT} or one of the negative outcomes
     */
    public int send(FluxMsg message) {
        int state = gate.state();
        if (state != JournalGate.OPEN) {
            return state == JournalGate.STALLED ? STALLED : FAILED;
        }
        int flags = 0;
        int length = writer.write(message, scratch, 0, scratch.length);
        if (length < 0 && length != CborFault.NO_ROOM && canLeaveOut(message)) {
            flags = StripEnds.DATA_LEFT_OUT;
            length = writer.writeWithoutData(message, scratch, 0, scratch.length);
        }
        if (length < 0) {
            scratchUsed = scratch.length;
            return length == CborFault.NO_ROOM ? TOO_LONG : UNWRITABLE;
        }
        scratchUsed = Math.max(scratchUsed, length);
        int outcome = ends.toJournal.offer(flags, scratch, 0, length);
        if (outcome == SpscRing.OK) {
            sent++;
            return SENT;
        }
        if (outcome != SpscRing.FULL) {
            return TOO_LONG;
        }
        return gate.disk().hangs() ? STALLED : FULL;
    }

    /** Messages sent since the journal was opened. */
    public long sent() {
        return sent;
    }

    /** How many of them the promise holds for; in the order they were sent. Only rises. */
    public long kept() {
        return ends.kept.get();
    }

    /** Whether the strip is woken when {@link #kept()} rises. */
    public void wakeWhenKept(boolean wanted) {
        ends.waiting = wanted;
    }

    /** Has the journal's thread look at the ring, and zeroes what messages left in the scratch; once a batch. */
    public void endBatch() {
        gate.wake();
        Bytes.wipe(scratch, 0, scratchUsed);
        scratchUsed = 0;
    }

    /** Whether more than three quarters of the ring wait for the journal, which takes records and will soon have taken these. */
    public boolean pressured() {
        // the ring first: what the gate knows of a disk is written all the time by the journal's thread
        return ends.toJournal.usedBytes() > ends.toJournal.capacityBytes() / 4 * 3L && isWorthAWait();
    }

    /** Whether less than half of the ring waits, or waiting is of no use. */
    public boolean relieved() {
        return ends.toJournal.usedBytes() < ends.toJournal.capacityBytes() / 2 || !isWorthAWait();
    }

    /** Whether a ring that is full will have room in a moment: not where there is no space, nothing gets away, or the disk does not answer. */
    public boolean isWorthAWait() {
        return gate.state() == JournalGate.OPEN && !gate.stuck();
    }

    private static boolean canLeaveOut(FluxMsg message) {
        return message.payload() != null
                && message.rawLength() > 0
                && message.payload().derivedFromRaw()
                && message.meta().has(MetaKey.CODEC_SPEC_HASH);
    }
}
