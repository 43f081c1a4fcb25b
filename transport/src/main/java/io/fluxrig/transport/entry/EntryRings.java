package io.fluxrig.transport.entry;

import io.fluxrig.perf.ring.RecordHandler;
import io.fluxrig.transport.ends.JournalGate;
import io.fluxrig.transport.ends.StripEnds;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BooleanSupplier;

/**
 * The strips' ends of entries that are kept elsewhere than in an {@code EntryLog}: a ring from each strip to the keeper's thread, and
 * a queue back for what is told seldom.
 *
 * <p>Threading: {@link #sender} before the strips run; everything else by the keeper's one thread.
 */
public final class EntryRings implements SharedEnds {
    private final StripEnds[] ends;
    private final List<Queue<SharedEntry>> found = new ArrayList<>();
    private final JournalGate gate = new JournalGate();
    private final RecordHandler onRecord = this::onRecord;
    /** Whose record is taken, and by whom. */
    private int strip;

    private Visitor visitor;

    /** What a strip wants; the keeper's thread. */
    public interface Visitor {
        /** @param nameLength how many of the first bytes name the entry */
        void opens(int strip, long id, byte[] bytes, int nameLength);

        void adds(int strip, long id, byte[] bytes);

        void ends(int strip, long id);

        void looks(int strip, long id);

        void takesOver(int strip, long id);
    }

    /** @param ringBytes of the ring from each strip, a power of two */
    public EntryRings(int strips, int ringBytes) {
        ends = new StripEnds[strips];
        for (int i = 0; i < strips; i++) {
            ends[i] = new StripEnds(ringBytes, StripEnds.UNUSED_RING_BYTES);
            found.add(new ConcurrentLinkedQueue<>());
        }
    }

    @Override
    public SharedSender sender(int strip) {
        return new RingSharedSender(new RingEntrySender(ends[strip], gate), found.get(strip));
    }

    public int strips() {
        return ends.length;
    }

    /** How strips wake the keeper's thread, and whether they may send. */
    public JournalGate gate() {
        return gate;
    }

    /** Takes so many records of each strip at most, and while there is room; whether there were any. */
    public boolean pollAll(int most, BooleanSupplier room, Visitor to) {
        boolean any = false;
        for (int strip = 0; strip < ends.length; strip++) {
            for (int i = 0; i < most && room.getAsBoolean() && poll(strip, to); i++) {
                any = true;
            }
        }
        return any;
    }

    /** Takes one record of a strip; whether there was one. The visitor owns the bytes. */
    public boolean poll(int ofStrip, Visitor to) {
        strip = ofStrip;
        visitor = to;
        return ends[strip].toJournal.poll(onRecord, 1) == 1;
    }

    private void onRecord(int type, ByteBuffer memory, int offset, int length) {
        long stored = memory.getLong(offset);
        long id = memory.order() == ByteOrder.BIG_ENDIAN ? stored : Long.reverseBytes(stored);
        byte[] bytes = new byte[length - EntryRecord.ID_LENGTH];
        memory.get(offset + EntryRecord.ID_LENGTH, bytes);
        Visitor to = visitor;
        switch (type & RingSharedSender.KIND_MASK) {
            case EntryRecord.OPENS -> to.opens(strip, id, bytes, type >>> RingSharedSender.NAME_SHIFT);
            case EntryRecord.ADDS -> to.adds(strip, id, bytes);
            case EntryRecord.ENDS -> to.ends(strip, id);
            case RingSharedSender.LOOKS -> to.looks(strip, id);
            default -> to.takesOver(strip, id);
        }
    }

    /** The promise holds for one more record of the strip; true if the strip wants to be woken for it. */
    public boolean kept(int strip) {
        ends[strip].kept.increment();
        return ends[strip].waiting;
    }

    /** Tells a strip of an entry that is not its own; before {@link #kept} comes to the record that was to open it. */
    public void found(int strip, SharedEntry entry) {
        found.get(strip).add(entry);
    }
}
