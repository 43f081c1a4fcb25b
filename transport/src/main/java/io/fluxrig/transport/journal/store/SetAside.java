package io.fluxrig.transport.journal.store;

import io.fluxrig.perf.buffer.Bytes;
import io.fluxrig.perf.clock.Clock;
import io.fluxrig.transport.ends.StripEnds;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Messages that their receiver refused too often, sealed in a store of their own beside the journal, so that what follows them
 * goes on. At the next start they are put at the end of the journal and offered again. The journal's thread only.
 *
 * <pre>
 *   set_aside   --all of it is in the journal-->   set_aside.done   --file by file-->   gone
 * </pre>
 */
public final class SetAside implements Closeable {
    private static final Logger LOG = LoggerFactory.getLogger(SetAside.class);

    private final Path folder;
    /** What was taken back, and is still to be deleted: a part of it, where a kill came in between. */
    private final Path done;

    private final JournalSettings settings;
    private final Seal seal;
    private final Clock clock;
    private final StripEnds[] ends;
    private final JournalFigures figures;
    private final long[] added;
    private final byte[] records = new byte[Block.PLAIN_LENGTH_MAX];
    private BlockStore store;
    private String unopened = "";
    private int length;
    private int count;

    /** @param folder its own, made when something is set aside */
    public SetAside(
            Path folder, JournalSettings settings, Seal seal, Clock clock, StripEnds[] ends, JournalFigures figures) {
        this.ends = ends;
        this.figures = figures;
        this.added = new long[ends.length];
        this.folder = folder;
        this.done = folder.resolveSibling(folder.getFileName() + ".done");
        this.settings = settings;
        this.seal = seal;
        this.clock = clock;
    }

    /** Whether what comes next can be set aside: false while something waits for space. */
    boolean reserve() throws IOException {
        if (count > 0) {
            write();
        }
        return count == 0;
    }

    /** As {@link SegmentLog#trouble}; empty where nothing waits. */
    String trouble() {
        return count == 0 ? "" : store == null ? unopened : store.log().trouble();
    }

    /** As {@link SegmentLog#reserved}; empty where nothing waits. */
    String reserved() {
        return count == 0 || store == null ? "" : store.log().reserved();
    }

    /** Bytes added and not written. */
    public int length() {
        return length;
    }

    /** Takes a record, once {@link #reserve} has said that it can. */
    public void add(int strip, int flags, ByteBuffer memory, int offset, int bodyLength) {
        if (length + Block.RECORD_HEADER_LENGTH + bodyLength > records.length) {
            throw new IllegalStateException("set aside length=" + length + " record=" + bodyLength);
        }
        Bytes.putIntBe(records, length, bodyLength);
        Bytes.putIntBe(records, length + 4, strip << 16 | flags);
        memory.get(offset, records, length + Block.RECORD_HEADER_LENGTH, bodyLength);
        length += Block.RECORD_HEADER_LENGTH + bodyLength;
        count++;
        added[strip]++;
    }

    /** Writes and syncs what was added, if there is space; else it stays for the next {@link #reserve}. */
    public void write() throws IOException {
        if (store == null && !opened()) {
            return;
        }
        if (!store.reserve(length)) {
            return;
        }
        store.append(records, length, count);
        store.sync();
        Bytes.wipe(records, 0, length);
        figures.setAside.add(count);
        length = 0;
        count = 0;
        for (int i = 0; i < ends.length; i++) {
            ends[i].asideWritten += added[i];
            added[i] = 0;
        }
    }

    /** Whether the store could be opened; it is tried again where not. */
    private boolean opened() {
        try {
            store = openBehind();
            return true;
        } catch (IOException refused) {
            unopened = refused.toString();
            return false;
        }
    }

    /** Opened behind what lies there already, which there was no space to take back at start. */
    private BlockStore openBehind() throws IOException {
        BlockStore opened = BlockStore.open(folder, settings, seal, clock);
        boolean read = false;
        try {
            int outcome = opened.next();
            while (outcome != BlockStore.END) {
                boolean stays = outcome == BlockStore.DAMAGED && opened.acceptGap() < 0 && opened.unreadable();
                outcome = stays && !opened.moveBeyondSegment() ? BlockStore.END : opened.next();
            }
            opened.continueAfter(opened.readSequence());
            read = true;
            return opened;
        } finally {
            if (!read) {
                opened.close();
            }
        }
    }

    /** At the start: deletes what was taken back before, and is there still. What cannot be deleted is in nobody's way but the disk's. */
    public void forgetDone() {
        if (!Files.isDirectory(done)) {
            return;
        }
        try (Stream<Path> files = Files.list(done)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
            Files.delete(done);
        } catch (IOException stays) {
            LOG.warn(
                    "{} cannot be deleted ({}); what lay in it is in the journal again: remove it",
                    done,
                    stays.toString());
        }
    }

    /** Puts everything that lies aside at the end of the journal; how many. The journal can be written. */
    public int putBack(BlockStore journal, DamageReport damage) throws IOException, JournalException {
        if (!Files.isDirectory(folder)) {
            return 0;
        }
        requireNoneDone();
        int back = 0;
        try (BlockStore aside = BlockStore.open(folder, settings, seal, clock)) {
            while (damage.nextAside(aside) != BlockStore.END) {
                if (aside.count() > 0) {
                    if (!journal.reserve(aside.plainLength())) {
                        String reserved = journal.log().reserved();
                        throw new JournalException("journal " + settings.folder()
                                + ": no space to take back the messages set aside; "
                                + (reserved.isEmpty()
                                        ? "free space on the disk"
                                        : reserved + "; free space there, or lower store.free_min_bytes"));
                    }
                    journal.append(aside.plain(), aside.plainLength(), aside.count());
                    back += aside.count();
                }
            }
        }
        journal.sync();
        // first out of the way as a whole: a part of it would pass for damage at the next start
        Files.move(folder, done, StandardCopyOption.ATOMIC_MOVE);
        DiskSpace.syncFolder(settings.folder());
        forgetDone();
        return back;
    }

    /** Seen to before anything is put back: what cannot be moved out of the way would be put back at each start. */
    private void requireNoneDone() throws JournalException {
        if (Files.exists(done, LinkOption.NOFOLLOW_LINKS)) {
            throw new JournalException(
                    "journal " + settings.folder()
                            + ": the messages set aside cannot be taken back while " + done
                            + " is there, which could not be deleted; what lay in it is in the journal: remove it, and start again");
        }
    }

    @Override
    public void close() throws IOException {
        if (store != null) {
            store.close();
        }
    }
}
