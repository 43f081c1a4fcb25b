package io.fluxrig.transport.journal.entry;

import io.fluxrig.perf.clock.Clock;
import io.fluxrig.perf.latency.LatencyRecorder;
import io.fluxrig.transport.ends.JournalGate;
import io.fluxrig.transport.ends.Shortage;
import io.fluxrig.transport.ends.StripEnds;
import io.fluxrig.transport.entry.EntryEnds;
import io.fluxrig.transport.entry.EntryRecord;
import io.fluxrig.transport.entry.EntrySender;
import io.fluxrig.transport.entry.OpenEntry;
import io.fluxrig.transport.entry.RingEntrySender;
import io.fluxrig.transport.journal.store.BlockStore;
import io.fluxrig.transport.journal.store.ChronicleDefaults;
import io.fluxrig.transport.journal.store.DamageReport;
import io.fluxrig.transport.journal.store.DiskSpace;
import io.fluxrig.transport.journal.store.FolderLock;
import io.fluxrig.transport.journal.store.FolderSeal;
import io.fluxrig.transport.journal.store.JournalCounts;
import io.fluxrig.transport.journal.store.JournalException;
import io.fluxrig.transport.journal.store.JournalFigures;
import io.fluxrig.transport.journal.store.JournalSettings;
import io.fluxrig.transport.journal.store.KeySource;
import io.fluxrig.transport.journal.store.Parts;
import io.fluxrig.transport.journal.store.PositionFile;
import io.fluxrig.transport.journal.store.Recovery;
import io.fluxrig.transport.journal.store.Seal;
import io.fluxrig.transport.journal.store.SetAside;
import io.fluxrig.transport.journal.store.Space;
import io.fluxrig.transport.journal.thread.Intake;
import io.fluxrig.transport.journal.thread.JournalThread;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a rack must still know when it is started again: entries that strips open, add to and end, sealed and written to the rack's disk
 * as a {@code Journal} writes messages, in the order of each strip. A start finds those that were not ended.
 *
 * <pre>
 *   strip 0 --ring--.                                       entries open, by the segment that they were opened in
 *                    >--> log's thread: seal, write, sync -->  '--> segments before the oldest such are deleted
 *   strip 1 --ring--'
 * </pre>
 *
 * <p>The log holds everything since the oldest open entry, and never copies what it holds: entries are meant to live for minutes.
 * Blocks, seals, damage, a full disk: as {@code Journal}.
 *
 * <p>Threading: {@link #open}, {@link #start} and {@link #close} by the owner, one after the other; senders by their strips; the rest
 * by any thread.
 */
public final class EntryLog implements EntryEnds, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EntryLog.class);
    private static final long CLOSE_WAIT_MS = 30_000;
    private static final String WHY_NEEDED = "what stays open for so long";

    private final JournalSettings settings;
    private final Clock clock;
    private final FolderLock lock;
    private final StripEnds[] ends;
    private final JournalGate gate;
    private final JournalCounts figures;
    private final DamageReport damage;
    private final LiveEntries live = new LiveEntries();
    private final AtomicReference<List<OpenEntry>> found = new AtomicReference<>(List.of());
    private BlockStore store;
    private PositionFile position;
    private SetAside aside;
    private EntryRetirement retirement;
    private JournalThread running;

    private EntryLog(JournalSettings settings, Clock clock, int strips, LatencyRecorder fsyncs, FolderLock lock) {
        this.settings = settings;
        this.clock = clock;
        this.gate = new JournalGate(clock, settings.stallNs());
        this.lock = lock;
        this.ends = new StripEnds[strips];
        Arrays.setAll(ends, strip -> new StripEnds(settings.ringBytes(), StripEnds.UNUSED_RING_BYTES));
        this.figures = new JournalCounts(ends, fsyncs);
        this.damage = new DamageReport(settings, figures, LOG);
    }

    /**
     * Opens a log and reads what is open in it; nothing moves before {@link #start}.
     *
     * @param strips how many strips send, 1 to {@link StripEnds#STRIPS_MAX}; may differ from the last time
     * @param fsyncs receives how long each fsync took
     * @throws JournalException if it cannot be used; the text is for the operator
     */
    public static EntryLog open(
            JournalSettings settings,
            KeySource keys,
            SecureRandom random,
            Clock clock,
            int strips,
            LatencyRecorder fsyncs)
            throws JournalException {
        if (strips < 1 || strips > StripEnds.STRIPS_MAX) {
            throw new IllegalArgumentException("strips=" + strips + " min=1 max=" + StripEnds.STRIPS_MAX);
        }
        try {
            FolderLock lock = FolderLock.take(settings.folder());
            EntryLog log = null;
            boolean loaded = false;
            try {
                log = new EntryLog(settings, clock, strips, fsyncs, lock);
                log.load(keys, random);
                loaded = true;
                return log;
            } finally {
                if (log == null) {
                    lock.close();
                } else if (!loaded) {
                    log.abandon();
                }
            }
        } catch (IOException e) {
            throw new JournalException(
                    "journal " + settings.identity() + " in " + settings.folder() + " cannot be opened", e);
        }
    }

    @Override
    public EntrySender sender(int strip) {
        return new RingEntrySender(ends[strip], gate);
    }

    @Override
    public List<OpenEntry> takeOpen() {
        return found.getAndSet(List.of());
    }

    /**
     * Starts the log's thread.
     *
     * @param wakeStrip called on the log's thread when more of a strip's records are kept, and the strip wants to know
     */
    public void start(IntConsumer wakeStrip) {
        prepare(wakeStrip).start();
    }

    /** What the thread does, for a test that takes its turns itself. */
    JournalThread prepare(IntConsumer wakeStrip) {
        Space space = new Space(settings, store, position, aside, gate, figures, clock, LOG, WHY_NEEDED, true);
        Intake intake = new Intake(settings, store, aside, space, ends, ends.length, wakeStrip, figures, live);
        running = new JournalThread(settings.identity(), gate, intake, retirement, space, clock);
        return running;
    }

    /** Writes what the strips have sent, as far as there is space, and lets go of everything; later, where the disk hangs. */
    @Override
    public void close() throws IOException {
        takeOpen().forEach(OpenEntry::wipe);
        try {
            if (running == null) {
                letGo();
            } else {
                running.end(CLOSE_WAIT_MS, this::letGo);
            }
        } finally {
            gate.state(JournalGate.FAILED);
        }
    }

    private void letGo() throws IOException {
        LOG.info("journal {} is closed; {} entries are open in it", settings.identity(), live.count());
        Parts.close(store, aside, position, lock);
    }

    public JournalSettings settings() {
        return settings;
    }

    public JournalFigures figures() {
        return figures;
    }

    /** Why records are not taken at present; null while they are. */
    public Shortage shortage() {
        return gate.lacks();
    }

    /** Whether records are taken: false while there has been no space, or no answer from the disk, for too long, and once the log has failed. */
    public boolean takes() {
        return gate.state() == JournalGate.OPEN
                && gate.beginnings() != JournalGate.STALLED
                && !gate.disk().hangs();
    }

    private void load(KeySource keys, SecureRandom random) throws IOException, JournalException {
        ChronicleDefaults.require();
        Path folder = settings.folder();
        Seal seal = FolderSeal.open(folder, settings.identity(), keys, random);
        position = PositionFile.open(folder.resolve("position"), seal);
        store = BlockStore.open(folder.resolve("segments"), settings, seal, clock);
        Recovery.run(store, position, damage);
        retirement = new EntryRetirement(store, position, live, figures);
        List<OpenEntry> open = read();
        found.set(open);
        if (!position.known()) {
            position.save(position.acknowledged(), store.appended());
            position.sync();
            DiskSpace.syncFolder(folder);
            DiskSpace.syncFolder(folder.toAbsolutePath().getParent());
        }
        aside = new SetAside(folder.resolve("set_aside"), settings, seal, clock, ends, figures);
        boolean room = store.begin();
        LOG.info(
                "journal {} in {}: sync {}, {} entries are open{}",
                settings.identity(),
                folder,
                settings.sync().word(),
                open.size(),
                room ? "" : "; no space, nothing is taken until there is");
    }

    /** Reads everything behind the position, which was checked before; what is open at the end. */
    private List<OpenEntry> read() throws IOException, JournalException {
        Map<Long, OpenEntry> open = new LinkedHashMap<>();
        EntryBlocks.Visitor fold = (kind, id, plain, offset, length) -> {
            switch (kind) {
                case EntryRecord.OPENS -> open.putIfAbsent(id, OpenEntry.of(id, copy(plain, offset, length)));
                case EntryRecord.ADDS -> {
                    OpenEntry entry = open.get(id);
                    if (entry != null) {
                        entry.records().add(copy(plain, offset, length));
                    }
                }
                default -> {
                    OpenEntry ended = open.remove(id);
                    if (ended != null) {
                        ended.wipe();
                    }
                }
            }
        };
        int outcome = store.next();
        while (outcome != BlockStore.END) {
            if (outcome == BlockStore.DAMAGED) {
                outcome = damage.onDelivery(store);
                continue;
            }
            retirement.read();
            EntryBlocks.each(store.plain(), store.plainLength(), fold);
            live.written(store.plain(), store.plainLength(), store.readSegment());
            outcome = store.next();
        }
        return new ArrayList<>(open.values());
    }

    private static byte[] copy(byte[] plain, int offset, int length) {
        return Arrays.copyOfRange(plain, offset, offset + length);
    }

    /** Nothing is said of what was not read: a journal that is full would pass for an empty one. */
    private void abandon() {
        try {
            takeOpen().forEach(OpenEntry::wipe);
            Parts.close(store, aside, position, lock);
        } catch (IOException e) {
            LOG.warn("journal {} could not be opened, and not be closed either: {}", settings.identity(), e.toString());
        }
    }
}
