package io.fluxrig.transport.journal;

import io.fluxrig.perf.clock.Clock;
import io.fluxrig.perf.latency.LatencyRecorder;
import io.fluxrig.transport.ends.JournalFeed;
import io.fluxrig.transport.ends.JournalGate;
import io.fluxrig.transport.ends.JournalReceiver;
import io.fluxrig.transport.ends.JournalSender;
import io.fluxrig.transport.ends.JournalTap;
import io.fluxrig.transport.ends.Shortage;
import io.fluxrig.transport.ends.StripEnds;
import io.fluxrig.transport.ends.WireEnds;
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
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.function.BooleanSupplier;
import java.util.function.IntConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One durable wire of a rack: what a strip sends is sealed, written to the rack's disk and handed to the same strip's receiver,
 * at least once, in the order of that strip, also after a crash, until the receiver says that it has it.
 *
 * <pre>
 *   strip 0 --ring--.                                         .--ring--> strip 0
 *                    >--> journal's thread: seal, write, sync ---> read, open, check -->
 *   strip 1 --ring--'                                         '--ring--> strip 1
 * </pre>
 *
 * <p>A journal may also stand at one end of a wire between racks, where its other end is not a strip but the thread that carries
 * messages there or brings them ({@link JournalKind}): {@link #tap} takes them out, {@link #feed} puts them in.
 *
 * <p>Strips touch rings and counters only; every disk access is the journal's thread's own. Open it, give each strip its ends,
 * start it, close it. A folder belongs to one open journal at a time.
 *
 * <p>Threading: {@link #open}, {@link #start} and {@link #close} by the owner, one after the other; the ends by their strips; the
 * rest by any thread.
 */
public final class Journal implements WireEnds, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Journal.class);
    private static final long CLOSE_WAIT_MS = 30_000;
    private static final String WHY_NEEDED = "why the receiving gear takes nothing";

    private final JournalSettings settings;
    private final JournalKind kind;
    private final int strips;
    private final Clock clock;
    private final FolderLock lock;
    private final StripEnds[] ends;
    private final JournalGate gate;
    private final JournalCounts figures;
    private final DamageReport damage;
    private BlockStore store;
    private PositionFile position;
    private SetAside aside;
    private JournalThread running;
    private byte[] id;

    private Journal(
            JournalSettings settings,
            JournalKind kind,
            Clock clock,
            int strips,
            LatencyRecorder fsyncs,
            FolderLock lock) {
        this.settings = settings;
        this.kind = kind;
        this.strips = strips;
        this.clock = clock;
        this.gate = new JournalGate(clock, settings.stallNs());
        this.lock = lock;
        this.ends = new StripEnds[kind.ends(strips)];
        for (int i = 0; i < ends.length; i++) {
            ends[i] = new StripEnds(settings.ringBytes());
        }
        this.figures = new JournalCounts(ends, fsyncs);
        this.damage = new DamageReport(settings, figures, LOG);
    }

    /** A journal from each strip to itself, {@link JournalKind#LOCAL}. */
    public static Journal open(
            JournalSettings settings,
            KeySource keys,
            SecureRandom random,
            Clock clock,
            int strips,
            LatencyRecorder fsyncs)
            throws JournalException {
        return open(settings, JournalKind.LOCAL, keys, random, clock, strips, fsyncs);
    }

    /**
     * Opens a journal and checks what it holds; nothing moves before {@link #start}.
     *
     * @param strips how many strips send and receive, 1 to {@link StripEnds#STRIPS_MAX}; may differ from the last time
     * @param fsyncs receives how long each fsync took
     * @throws JournalException if it cannot be used; the text is for the operator
     */
    public static Journal open(
            JournalSettings settings,
            JournalKind kind,
            KeySource keys,
            SecureRandom random,
            Clock clock,
            int strips,
            LatencyRecorder fsyncs)
            throws JournalException {
        if (kind != JournalKind.LOCAL && settings.ringBytes() > JournalKind.RING_BYTES_MAX) {
            throw new IllegalArgumentException(
                    "ringBytes=" + settings.ringBytes() + " max=" + JournalKind.RING_BYTES_MAX);
        }
        if (strips < 1 || strips > StripEnds.STRIPS_MAX) {
            throw new IllegalArgumentException("strips=" + strips + " min=1 max=" + StripEnds.STRIPS_MAX);
        }
        try {
            FolderLock lock = FolderLock.take(settings.folder());
            Journal journal = null;
            boolean loaded = false;
            try {
                journal = new Journal(settings, kind, clock, strips, fsyncs, lock);
                journal.load(keys, random);
                loaded = true;
                return journal;
            } finally {
                if (journal == null) {
                    lock.close();
                } else if (!loaded) {
                    journal.abandon();
                }
            }
        } catch (IOException e) {
            throw new JournalException(
                    "journal " + settings.identity() + " in " + settings.folder() + " cannot be opened", e);
        }
    }

    /** Whether a folder is a journal's, also one that cannot be opened for want of its identity. */
    public static boolean isOne(Path folder) {
        return Files.isRegularFile(folder.resolve("identity")) || Files.isDirectory(folder.resolve("segments"));
    }

    /**
     * How many messages wait in a journal that nobody has open, with those set aside; reads them once and moves nothing.
     *
     * @param goOn whether to read on, asked now and then
     * @throws JournalException if it cannot be read; the text is for the operator
     */
    public static JournalWaiting waiting(JournalSettings settings, KeySource keys, Clock clock, BooleanSupplier goOn)
            throws JournalException {
        try {
            return JournalLook.waiting(settings, keys, new SecureRandom(), clock, goOn);
        } catch (IOException e) {
            throw new JournalException(
                    "journal " + settings.identity() + " in " + settings.folder() + " cannot be read", e);
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

    /** What takes messages out of an {@link JournalKind#OUTGOING} journal, for one thread. */
    public JournalTap tap() {
        require(JournalKind.OUTGOING);
        return new JournalTap(ends[0], gate);
    }

    /** What puts messages into an {@link JournalKind#INCOMING} journal, for one thread. */
    public JournalFeed feed() {
        require(JournalKind.INCOMING);
        return new JournalFeed(ends[strips], gate);
    }

    /** Random bytes that tell this journal from every other, also from one made in its place; 16, copied. */
    public byte[] id() {
        return id.clone();
    }

    @Override
    public int messageLengthMax() {
        return ends[0].toJournal.recordLengthMax();
    }

    /**
     * Starts the journal's thread.
     *
     * @param wakeStrip called on the journal's thread when a strip has something to look at
     */
    public void start(IntConsumer wakeStrip) {
        start(wakeStrip, () -> {});
    }

    /**
     * Starts the journal's thread.
     *
     * @param wakeOther called on the journal's thread when {@link #tap} or {@link #feed} has something to look at
     */
    public void start(IntConsumer wakeStrip, Runnable wakeOther) {
        prepare(wakeStrip, wakeOther).start();
    }

    /** What the thread does, for a test that takes its turns itself. */
    JournalThread prepare(IntConsumer wakeStrip, Runnable wakeOther) {
        IntConsumer onKept = strip -> {
            if (strip < strips) {
                wakeStrip.accept(strip);
            } else {
                wakeOther.run();
            }
        };
        IntConsumer onDelivery = kind == JournalKind.OUTGOING ? end -> wakeOther.run() : wakeStrip;
        Space space = new Space(settings, store, position, aside, gate, figures, clock, LOG, WHY_NEEDED, false);
        Intake intake = new Intake(settings, store, aside, space, ends, strips, onKept, figures, null);
        Delivery delivery =
                new Delivery(store, position, damage, ends, kind.deliveryEnds(strips), kind, onDelivery, figures);
        running = new JournalThread(settings.identity(), gate, intake, delivery, space, clock);
        return running;
    }

    private void require(JournalKind needed) {
        if (kind != needed) {
            throw new IllegalStateException("journal " + settings.identity() + " is " + kind + ", not " + needed);
        }
    }

    /** Writes what the strips have sent, as far as there is space, and lets go of everything; later, where the disk hangs. */
    @Override
    public void close() throws IOException {
        close(CLOSE_WAIT_MS);
    }

    /** @param waitMs for the thread, which lets go itself if it takes longer */
    void close(long waitMs) throws IOException {
        try {
            if (running == null) {
                letGo();
            } else {
                running.end(waitMs, this::letGo);
            }
        } finally {
            gate.state(JournalGate.FAILED);
        }
    }

    private void letGo() throws IOException {
        LOG.info("journal {} is closed; {} messages wait in it", settings.identity(), figures.backlogRecords());
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

    /** Whether records are taken: false while there has been no space, or no answer from the disk, for too long, and once the journal has failed. */
    public boolean takes() {
        return gate.state() == JournalGate.OPEN && !gate.disk().hangs();
    }

    private void load(KeySource keys, SecureRandom random) throws IOException, JournalException {
        ChronicleDefaults.require();
        Path folder = settings.folder();
        Seal seal = FolderSeal.open(folder, settings.identity(), keys, random);
        id = seal.id();
        position = PositionFile.open(folder.resolve("position"), seal);
        store = BlockStore.open(folder.resolve("segments"), settings, seal, clock);
        Recovery.run(store, position, damage);
        if (!position.known()) {
            position.save(position.acknowledged(), store.appended());
            position.sync();
            DiskSpace.syncFolder(folder);
            DiskSpace.syncFolder(folder.toAbsolutePath().getParent());
        }
        long waiting = store.appended() - position.acknowledged();
        SetAside beside = new SetAside(folder.resolve("set_aside"), settings, seal, clock, ends, figures);
        beside.forgetDone();
        boolean room = store.begin();
        int back = room ? beside.putBack(store, damage) : 0;
        figures.done(0, waiting + back);
        LOG.info(
                "journal {} in {}: sync {}, {} messages wait, {} set aside are offered again{}",
                settings.identity(),
                folder,
                settings.sync().word(),
                waiting,
                back,
                room ? "" : "; no space, nothing is taken until there is");
        aside = beside;
    }

    /** Nothing is said of what was not read: a journal that is full would pass for an empty one. */
    private void abandon() {
        try {
            Parts.close(store, aside, position, lock);
        } catch (IOException e) {
            LOG.warn("journal {} could not be opened, and not be closed either: {}", settings.identity(), e.toString());
        }
    }
}
