package io.fluxrig.transport.journal;

import io.fluxrig.perf.buffer.Bytes;
import io.fluxrig.perf.ring.SpscRing;
import io.fluxrig.transport.ends.JournalTap;
import io.fluxrig.transport.ends.StripEnds;
import io.fluxrig.transport.journal.store.Block;
import io.fluxrig.transport.journal.store.BlockMark;
import io.fluxrig.transport.journal.store.BlockStore;
import io.fluxrig.transport.journal.store.DamageReport;
import io.fluxrig.transport.journal.store.JournalCounts;
import io.fluxrig.transport.journal.store.JournalException;
import io.fluxrig.transport.journal.store.NoFileException;
import io.fluxrig.transport.journal.store.PositionFile;
import io.fluxrig.transport.journal.thread.Turn;
import java.io.IOException;
import java.util.function.IntConsumer;

/**
 * The reading half of a journal: reads and checks blocks, hands their records to the strips that they came from, and keeps the
 * position of what the strips have dealt with. The journal's thread only.
 */
final class Delivery implements Turn {
    /** Records handed over before the other half gets its turn. */
    private static final int RECORDS_MAX = 1 << 11;

    private final BlockStore store;
    private final PositionFile position;
    private final DamageReport damage;
    private final StripEnds[] ends;
    private final int targets;
    private final JournalKind kind;
    private final IntConsumer wakeStrip;
    private final JournalCounts figures;
    private final InFlight inFlight;
    private int cursor;
    private int left;
    private long sequence;
    private long handedUpTo;
    private long handedThisTurn;

    Delivery(
            BlockStore store,
            PositionFile position,
            DamageReport damage,
            StripEnds[] ends,
            int targets,
            JournalKind kind,
            IntConsumer wakeStrip,
            JournalCounts figures) {
        this.store = store;
        this.position = position;
        this.damage = damage;
        this.ends = ends;
        this.targets = targets;
        this.kind = kind;
        this.wakeStrip = wakeStrip;
        this.figures = figures;
        this.inFlight = new InFlight(targets);
        this.handedUpTo = Math.max(position.acknowledged(), store.readSequence());
    }

    /** Hands over what can be had and saves what was acknowledged, also where no more can be had; whether there was anything to do. */
    @Override
    public boolean turn() throws IOException, JournalException {
        handedThisTurn = 0;
        int handed = 0;
        try {
            while (handed < RECORDS_MAX && (left > 0 || nextBlock())) {
                if (!handRecord()) {
                    break;
                }
                handed++;
            }
        } catch (NoFileException refused) {
            acknowledge();
            throw refused;
        } finally {
            for (long strips = handedThisTurn; strips != 0; strips &= strips - 1) {
                wakeStrip.accept(Long.numberOfTrailingZeros(strips));
            }
        }
        return acknowledge() || handed > 0;
    }

    long acknowledged() {
        return position.acknowledged();
    }

    /** Reads on to the next block with records: one that begins a segment has none. */
    private boolean nextBlock() throws IOException, JournalException {
        do {
            int outcome = store.next();
            while (outcome == BlockStore.DAMAGED) {
                outcome = damage.onDelivery(store);
            }
            if (outcome == BlockStore.END) {
                return false;
            }
            cursor = 0;
            left = store.count();
            sequence = store.firstSequence();
            inFlight.block(new BlockMark(
                    store.index(), store.readSequence(), store.readTag().clone()));
        } while (left == 0);
        return true;
    }

    /** False if its strip has no room; the record stays the next one. */
    private boolean handRecord() {
        byte[] plain = store.plain();
        int length = Bytes.intBe(plain, cursor);
        int stripAndFlags = Bytes.intBe(plain, cursor + 4);
        int strip = (stripAndFlags >>> 16) % targets;
        if (sequence > position.acknowledged()) {
            if (inFlight.full(strip) || !offer(strip, stripAndFlags, plain, length)) {
                return false;
            }
            inFlight.handed(strip, sequence);
            handedThisTurn |= 1L << strip;
        }
        cursor += Block.RECORD_HEADER_LENGTH + length;
        left--;
        handedUpTo = sequence++;
        return true;
    }

    /** A tap is told the strip as well, and the number, which is put where the record's header stands meanwhile. */
    private boolean offer(int strip, int stripAndFlags, byte[] plain, int length) {
        if (kind != JournalKind.OUTGOING) {
            int body = cursor + Block.RECORD_HEADER_LENGTH;
            return ends[strip].toStrip.offer(stripAndFlags & 0xFFFF, plain, body, length) == SpscRing.OK;
        }
        Bytes.putLongBe(plain, cursor, JournalTap.number(store.opening(), sequence));
        int outcome = ends[strip].toStrip.offer(stripAndFlags, plain, cursor, length + JournalTap.NUMBER_LENGTH);
        Bytes.putIntBe(plain, cursor, length);
        Bytes.putIntBe(plain, cursor + 4, stripAndFlags);
        return outcome == SpscRing.OK;
    }

    private boolean acknowledge() throws IOException {
        for (int strip = 0; strip < targets; strip++) {
            long taken = ends[strip].taken.get();
            // what is on its way to be set aside counts as taken, and must be written before that is believed
            if (ends[strip].asideSent.get() == ends[strip].asideWritten) {
                inFlight.taken(strip, taken);
            }
        }
        long done = Math.max(position.acknowledged(), inFlight.doneUpTo(handedUpTo));
        long newly = done - position.acknowledged();
        BlockMark block = inFlight.lastBlockUpTo(done);
        if (newly == 0 && block == null && store.appended() == position.appended()) {
            return false;
        }
        if (block != null) {
            position.block(block.index(), block.lastSequence(), block.tag());
        }
        position.save(done, store.appended());
        figures.done(newly, store.appended() - done);
        return newly > 0;
    }
}
