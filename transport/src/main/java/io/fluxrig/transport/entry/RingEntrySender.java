package io.fluxrig.transport.entry;

import io.fluxrig.perf.buffer.Bytes;
import io.fluxrig.perf.ring.SpscRing;
import io.fluxrig.transport.ends.JournalGate;
import io.fluxrig.transport.ends.StripEnds;

/** The way from a strip to the thread of an {@code EntryLog}. The strip's thread only; allocates nothing. */
public final class RingEntrySender implements EntrySender {
    private final StripEnds ends;
    private final JournalGate gate;
    private final byte[] scratch;
    private int scratchUsed;
    private long sent;

    /** For whoever keeps the entries. */
    public RingEntrySender(StripEnds ends, JournalGate gate) {
        this.ends = ends;
        this.gate = gate;
        this.scratch = new byte[ends.toJournal.recordLengthMax()];
    }

    @Override
    public int open(long id, byte[] bytes, int offset, int length) {
        int beginnings = gate.beginnings();
        // where nothing at all has room any more, nobody looks whether there is for what begins: it stays held
        if (beginnings != JournalGate.OPEN && gate.state() == JournalGate.OPEN) {
            return beginnings == JournalGate.HELD ? FULL : STALLED;
        }
        if (nearlyFull() && gate.disk().hangs()) {
            return STALLED; // the rest of the ring is for what is open
        }
        return send(EntryRecord.OPENS, id, bytes, offset, length);
    }

    @Override
    public int add(long id, byte[] bytes, int offset, int length) {
        return send(EntryRecord.ADDS, id, bytes, offset, length);
    }

    @Override
    public int end(long id) {
        return send(EntryRecord.ENDS, id, scratch, 0, 0);
    }

    int send(int kind, long id, byte[] bytes, int offset, int length) {
        int state = gate.state();
        if (state != JournalGate.OPEN) {
            return state == JournalGate.STALLED ? STALLED : FAILED;
        }
        int recordLength = EntryRecord.ID_LENGTH + length;
        if (recordLength > scratch.length) {
            return TOO_LONG;
        }
        Bytes.putLongBe(scratch, 0, id);
        System.arraycopy(bytes, offset, scratch, EntryRecord.ID_LENGTH, length);
        scratchUsed = Math.max(scratchUsed, recordLength);
        if (ends.toJournal.offer(kind, scratch, 0, recordLength) != SpscRing.OK) {
            Bytes.wipe(scratch, 0, recordLength);
            return FULL;
        }
        sent++;
        return SENT;
    }

    @Override
    public long sent() {
        return sent;
    }

    @Override
    public long kept() {
        return ends.kept.get();
    }

    @Override
    public void wakeWhenKept(boolean wanted) {
        ends.waiting = wanted;
    }

    @Override
    public void endBatch() {
        gate.wake();
        Bytes.wipe(scratch, 0, scratchUsed);
        scratchUsed = 0;
    }

    @Override
    public boolean pressured() {
        return gate.state() == JournalGate.OPEN && nearlyFull() && !gate.disk().hangs();
    }

    private boolean nearlyFull() {
        return ends.toJournal.usedBytes() > ends.toJournal.capacityBytes() / 4 * 3L;
    }
}
