package io.fluxrig.transport.journal;

import io.fluxrig.perf.clock.Clock;
import io.fluxrig.perf.latency.LatencyRecorder;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
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
 * <p>Strips touch rings and counters only; every disk access is the journal's thread's own. Open it, give each strip its ends,
 * start it, close it. A folder belongs to one open journal at a time.
 *
 * <p>Threading: {@link #open}, {@link #start} and {@link #close} by the owner, one after the other; the ends by their strips; the
 * rest by any thread.
 */
public final class Journal implements AutoCloseable {
    /** Most strips: a strip's number is a bit of a mask. */
    public static final int STRIPS_MAX = 64;

    private static final Logger LOG = LoggerFactory.getLogger(Journal.class);
    private static final long CLOSE_WAIT_MS = 30_000;

    private final JournalSettings settings;
    private final Clock clock;
    private final FileChannel lockFile;
    private final StripEnds[] ends;
    private final JournalGate gate = new JournalGate();
    private final JournalFigures figures;
    private final DamageReport damage;
    private BlockStore store;
    private PositionFile position;
    private SetAside aside;
    private JournalThread running;

    private Journal(JournalSettings settings, Clock clock, int strips, LatencyRecorder fsyncs, FileChannel lockFile) {
        this.settings = settings;
        this.clock = clock;
        this.lockFile = lockFile;
        this.ends = new StripEnds[strips];
        for (int i = 0; i < strips; i++) {
            ends[i] = new StripEnds(settings.ringBytes());
        }
        this.figures = new JournalFigures(ends, fsyncs);
        this.damage = new DamageReport(settings, figures, LOG);
    }

    /**
     * Opens a journal and checks what it holds; nothing moves before {@link #start}.
     *
     * @param strips how many strips send and receive, 1 to {@link #STRIPS_MAX}; may differ from the last time
     * @param fsyncs receives how long each fsync took
     * @throws JournalException if it cannot be used; the text is for the operator
     */
    public static Journal open(
            JournalSettings settings,
            KeySource keys,
            SecureRandom random,
            Clock clock,
            int strips,
            LatencyRecorder fsyncs)
            throws JournalException {
        if (strips < 1 || strips > STRIPS_MAX) {
            throw new IllegalArgumentException("strips=" + strips + " min=1 max=" + STRIPS_MAX);
        }
        try {
            FileChannel lockFile = lock(settings.folder());
            Journal journal = new Journal(settings, clock, strips, fsyncs, lockFile);
            boolean loaded = false;
            try {
                journal.load(keys, random);
                loaded = true;
                return journal;
            } finally {
                if (!loaded) {
                    journal.abandon();
                }
            }
        } catch (IOException e) {
            throw new JournalException(
                    "journal " + settings.identity() + " in " + settings.folder() + " cannot be opened", e);
        }
    }

    /** The sending end of a strip; {@code scratch} may be shared by all senders of the strip. */
    public JournalSender sender(int strip, byte[] scratch) {
        return new JournalSender(ends[strip], gate, scratch);
    }

    /** The receiving end of a strip. */
    public JournalReceiver receiver(int strip, int hopsMax) {
        return new JournalReceiver(ends[strip], gate, hopsMax);
    }

    /** Longest message in encoded bytes. */
    public int messageLengthMax() {
        return ends[0].toJournal.recordLengthMax();
    }

    /**
     * Starts the journal's thread.
     *
     * @param wakeStrip called on the journal's thread when a strip has something to look at
     */
    public void start(IntConsumer wakeStrip) {
        prepare(wakeStrip).start();
    }

    /** What the thread does, for a test that takes its turns itself. */
    JournalThread prepare(IntConsumer wakeStrip) {
        running = new JournalThread(settings, store, position, aside, damage, ends, gate, figures, clock, wakeStrip);
        return running;
    }

    /** Writes what the strips have sent, as far as there is space, and lets go of everything. */
    @Override
    public void close() throws IOException {
        if (running != null) {
            running.end(CLOSE_WAIT_MS);
        }
        gate.state(JournalGate.FAILED);
        LOG.info("journal {} is closed; {} messages wait in it", settings.identity(), figures.backlogRecords());
        IOException failed = null;
        for (Closeable part : new Closeable[] {store, aside, position, lockFile}) {
            try {
                if (part != null) {
                    part.close();
                }
            } catch (IOException e) {
                failed = e;
            }
        }
        if (failed != null) {
            throw failed;
        }
    }

    public JournalSettings settings() {
        return settings;
    }

    public JournalFigures figures() {
        return figures;
    }

    /** Whether records are taken: false while there has been no space for too long, and once the journal has failed. */
    public boolean takes() {
        return gate.state() == JournalGate.OPEN;
    }

    private void load(KeySource keys, SecureRandom random) throws IOException, JournalException {
        ChronicleDefaults.requireFlags();
        Path folder = settings.folder();
        Seal seal = BlockStore.seal(folder, settings.identity(), keys, random);
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
        boolean room = store.begin();
        int back = room ? beside.putBack(store, damage) : 0;
        figures.backlogRecords.set(waiting + back);
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

    private static FileChannel lock(Path folder) throws IOException, JournalException {
        Files.createDirectories(
                folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        FileChannel channel =
                FileChannel.open(folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = null;
        try {
            lock = channel.tryLock();
        } catch (OverlappingFileLockException here) {
            LOG.debug("journal {} is open in this process", folder);
        }
        if (lock == null) {
            channel.close();
            throw new JournalException("journal " + folder + " is in use by another rack; stop it, or give this rack a "
                    + "base.data_dir of its own");
        }
        return channel;
    }

    private void abandon() {
        try {
            close();
        } catch (IOException e) {
            LOG.warn("journal {} could not be opened, and not be closed either: {}", settings.identity(), e.toString());
        }
    }
}
