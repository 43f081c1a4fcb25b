package io.fluxrig.transport.journal.thread;

import io.fluxrig.perf.buffer.Bytes;
import io.fluxrig.perf.latency.LatencyRecorder;
import io.fluxrig.perf.ring.RecordHandler;
import io.fluxrig.transport.ends.StripEnds;
import io.fluxrig.transport.journal.store.Block;
import io.fluxrig.transport.journal.store.BlockStore;
import io.fluxrig.transport.journal.store.JournalCounts;
import io.fluxrig.transport.journal.store.JournalSettings;
import io.fluxrig.transport.journal.store.SetAside;
import io.fluxrig.transport.journal.store.Space;
import io.fluxrig.transport.journal.store.SyncMode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.function.IntConsumer;

/**
 * The writing half of a journal: takes records out of the strips' rings, seals as many as wait into one block, writes it, syncs
 * as the mode says, and then tells the strips that the promise holds. The journal's thread only.
 */
public final class Intake {
    /** Blocks that share an fsync, before the other half gets its turn. */
    private static final int GROUP_BLOCKS_MAX = 16;

    private final JournalSettings settings;
    private final BlockStore store;
    private final SetAside aside;
    private final Space space;
    private final StripEnds[] ends;
    private final IntConsumer wakeStrip;
    private final JournalCounts figures;
    /** Null where records are messages. */
    private final WrittenBlocks written;

    private final LatencyRecorder fsyncs;
    /** One where nothing is shared, so that the other half finds the block in memory ({@code FreshBlock}). */
    private final int blocksMax;

    private final byte[] records = new byte[Block.PLAIN_LENGTH_MAX];
    private final long[] takenFrom;
    private final int feed;

    private final RecordHandler onRecord = this::onRecord;
    /** Records taken out of the ring of the one who feeds. */
    private long fed;

    private final RecordHandler onWithdrawn = (type, memory, offset, bodyLength) -> fed++;
    private int strip;
    private int length;
    private int count;
    private int setAside;

    /**
     * @param feed the end whose records say themselves which strip they are for; one that does not exist without a feed
     * @param written is shown what was written; null where records are messages
     */
    public Intake(
            JournalSettings settings,
            BlockStore store,
            SetAside aside,
            Space space,
            StripEnds[] ends,
            int feed,
            IntConsumer wakeStrip,
            JournalCounts figures,
            WrittenBlocks written) {
        this.settings = settings;
        this.store = store;
        this.aside = aside;
        this.space = space;
        this.ends = ends;
        this.wakeStrip = wakeStrip;
        this.figures = figures;
        this.written = written;
        this.fsyncs = figures.fsyncs();
        this.blocksMax = settings.sync() == SyncMode.GROUP ? GROUP_BLOCKS_MAX : 1;
        this.feed = feed;
        this.takenFrom = new long[ends.length];
    }

    /** Writes what waits; whether there was anything. */
    boolean turn() throws IOException {
        boolean given = giveBack();
        boolean any = false;
        for (int block = 0; block < blocksMax && space.reserve(); block++) {
            fill();
            if (count == 0 && setAside == 0) {
                break;
            }
            any = true;
            write();
            if (settings.sync() != SyncMode.GROUP) {
                keep();
            }
        }
        if (any && settings.sync() == SyncMode.GROUP) {
            keep();
        }
        return any || given;
    }

    /** Drops what whoever feeds wants back. What was taken before is kept by now: each turn ends with that. */
    private boolean giveBack() {
        if (feed >= ends.length) {
            return false;
        }
        StripEnds end = ends[feed];
        boolean any = false;
        while (fed < end.withdrawTo && end.toJournal.poll(onWithdrawn, 1) == 1) {
            end.withdrawn.increment();
            any = true;
        }
        if (any) {
            wakeStrip.accept(feed);
        }
        return any;
    }

    private void fill() {
        length = 0;
        count = 0;
        setAside = 0;
        int recordsMax = settings.sync() == SyncMode.EACH ? 1 : Integer.MAX_VALUE;
        for (int i = 0; i < ends.length; i++) {
            strip = (strip + 1) % ends.length;
            while (length < Block.FILL_LENGTH
                    && count < recordsMax
                    && aside.length() < Block.FILL_LENGTH
                    && ends[strip].toJournal.poll(onRecord, 1) == 1) {
                // the handler has put it into the block
            }
        }
    }

    private void onRecord(int type, ByteBuffer memory, int offset, int bodyLength) {
        if ((type & StripEnds.SET_ASIDE) != 0) {
            aside.add(strip, type & ~StripEnds.SET_ASIDE, memory, offset, bodyLength);
            setAside++;
            return;
        }
        Bytes.putIntBe(records, length, bodyLength);
        Bytes.putIntBe(records, length + 4, (strip == feed ? 0 : strip << 16) | type);
        memory.get(offset, records, length + Block.RECORD_HEADER_LENGTH, bodyLength);
        length += Block.RECORD_HEADER_LENGTH + bodyLength;
        count++;
        takenFrom[strip]++;
        fed += strip == feed ? 1 : 0;
    }

    private void write() throws IOException {
        if (setAside > 0) {
            aside.write();
        }
        if (count > 0) {
            store.append(records, length, count);
            figures.written(count);
            if (written != null) {
                written.written(records, length, store.log().currentSegment());
            }
            Bytes.wipe(records, 0, length);
        }
    }

    private void keep() throws IOException {
        if (settings.sync() != SyncMode.OS) {
            long startedNs = System.nanoTime();
            store.sync();
            fsyncs.record(System.nanoTime() - startedNs);
        }
        for (int i = 0; i < ends.length; i++) {
            if (takenFrom[i] > 0) {
                ends[i].kept.add(takenFrom[i]);
                takenFrom[i] = 0;
                if (ends[i].waiting) {
                    wakeStrip.accept(i);
                }
            }
        }
    }
}
