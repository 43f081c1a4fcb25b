package io.fluxrig.transport.snake.entry;

import io.fluxrig.perf.clock.Clock;
import io.fluxrig.transport.ends.JournalGate;
import io.fluxrig.transport.entry.EntryRings;
import io.fluxrig.transport.entry.SharedEnds;
import io.fluxrig.transport.snake.nats.Bus;
import io.fluxrig.transport.snake.seal.SnakeKey;
import io.fluxrig.transport.snake.thread.SnakeThread;
import java.io.Closeable;
import java.security.SecureRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Entries that racks share: who opens one first has it, and everybody else finds it. They lie, sealed, in a key-value bucket of NATS,
 * for as long as the bucket keeps them.
 *
 * <pre>
 *   strip --ring--> thread ==seal==> bucket: written only where there is none
 *     ^                |
 *     '-- kept, or what was found
 * </pre>
 *
 * <p>Threading: {@link #start} and {@link #close} by the owner, one after the other; {@link #ends} before the strips run; the rest by any
 * thread.
 */
public final class SharedEntries implements Closeable {
    private static final Logger LOG = LoggerFactory.getLogger(SharedEntries.class);
    private static final long LOOK_NS = 2_000_000;

    private final EntrySettings settings;
    private final EntryRings rings;
    private final EntryFigures figures = new EntryFigures();
    private final ExecutorService setUp;
    private final EntryNames names;
    private final EntryCodec codec;
    private final Bus bus;
    private final SnakeKey key;
    private final Clock clock;
    private SnakeThread running;

    /** @param rack name of this rack */
    public SharedEntries(
            EntrySettings settings,
            EntryRings rings,
            Bus bus,
            String rack,
            SnakeKey key,
            SecureRandom random,
            Clock clock) {
        this.settings = settings;
        this.rings = rings;
        this.bus = bus;
        this.key = key;
        this.clock = clock;
        this.codec = new EntryCodec(key, settings.bucket(), rack, random);
        this.setUp = Executors.newSingleThreadExecutor(task -> {
            Thread thread = new Thread(task, "snake-bucket-" + settings.bucket());
            thread.setDaemon(true);
            return thread;
        });
        this.names = new EntryNames(
                settings,
                bus,
                codec,
                key,
                new BucketCare(settings, bus, setUp, LOG),
                clock,
                rings.gate()::wake,
                figures,
                LOG);
    }

    /** What strips hold of them. */
    public SharedEnds ends() {
        return rings;
    }

    public EntryFigures figures() {
        return figures;
    }

    /** @param wakeStrip called when a strip has something to look at */
    public void start(IntConsumer wakeStrip) {
        EntrySharer sharer = new EntrySharer(
                settings,
                bus,
                rings,
                codec,
                names,
                new EntryTrouble(settings, key.advice(), clock, LOG),
                clock,
                figures,
                wakeStrip);
        running = new SnakeThread(settings.bucket(), sharer, rings.gate(), true);
        running.start();
    }

    /** Waits until entries are shared, no longer than that; whether they are. Blocks, after {@link #start}. */
    public boolean await(long waitNs) {
        long startedNs = clock.nanoTime();
        while (!figures.up() && clock.nanoTime() - startedNs < waitNs) {
            LockSupport.parkNanos(LOOK_NS);
            if (Thread.currentThread().isInterrupted()) {
                break;
            }
        }
        return figures.up();
    }

    /** Lets what is under way get away, for a moment. */
    @Override
    public void close() {
        if (running != null) {
            running.end();
        }
        rings.gate().state(JournalGate.FAILED);
        setUp.shutdownNow();
    }
}
