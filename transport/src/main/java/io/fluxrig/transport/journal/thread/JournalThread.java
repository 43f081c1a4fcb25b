package io.fluxrig.transport.journal.thread;

import io.fluxrig.perf.clock.Clock;
import io.fluxrig.transport.ends.JournalGate;
import io.fluxrig.transport.journal.store.JournalException;
import io.fluxrig.transport.journal.store.NoFileException;
import io.fluxrig.transport.journal.store.Space;
import java.io.Closeable;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that touches a journal's files. Writes, reads, looks after space, in turns; sleeps when all rings are empty,
 * until a strip wakes it or a millisecond has passed.
 */
public final class JournalThread {
    private static final Logger LOG = LoggerFactory.getLogger(JournalThread.class);
    /** Looks at the rings before it sleeps. */
    private static final int SPINS = 200;

    private static final long SLEEP_NS = 1_000_000;
    /** Between two tries to open what the system did not let be opened. */
    private static final long REST_NS = 50_000_000;

    private final String identity;
    private final JournalGate gate;
    private final Intake intake;
    private final Turn delivery;
    private final Space space;
    private final Clock clock;
    private final Thread thread;
    /** Whether what is to be read cannot be opened, and since when it was not tried. */
    private boolean unread;

    private long unreadNs;
    private volatile boolean ending;
    /** What it closes when it ends, null for nothing; guarded by this, as the next. */
    private Closeable left;

    private boolean ended;

    /** @param delivery the half that reads */
    public JournalThread(String identity, JournalGate gate, Intake intake, Turn delivery, Space space, Clock clock) {
        this.clock = clock;
        this.identity = identity;
        this.gate = gate;
        this.space = space;
        this.intake = intake;
        this.delivery = delivery;
        this.thread = new Thread(this::run, "journal-" + identity);
        thread.setDaemon(true);
    }

    /** By the owner, once. */
    public void start() {
        gate.thread(thread);
        thread.start();
    }

    /**
     * Lets the thread write what waits, and end, and closes what it used. A thread that hangs may still use it, and memory that is unmapped
     * under it ends the JVM: then it closes that itself, once it ends.
     *
     * @param used files, and the lock of their folder, which nobody else may have before
     */
    public void end(long waitMs, Closeable used) throws IOException {
        ending = true;
        gate.wake();
        try {
            thread.join(waitMs);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        if (leave(used)) {
            LOG.error(
                    "journal {}: its thread has not ended after {} ms, the disk may hang; its files stay open until it does",
                    identity,
                    waitMs);
        } else {
            used.close();
        }
    }

    /** Has the thread close it; false if it has ended, or never began. */
    private synchronized boolean leave(Closeable used) {
        boolean runs = thread.isAlive() && !ended;
        left = runs ? used : null;
        return runs;
    }

    private synchronized Closeable takeLeft() {
        ended = true;
        return left;
    }

    private void run() {
        try {
            work();
        } finally {
            closeLeft();
        }
    }

    private void closeLeft() {
        try (Closeable used = takeLeft()) {
            if (used != null) {
                LOG.info("journal {}: its thread has ended after all", identity);
            }
        } catch (IOException failed) {
            LOG.error("journal {} was not closed in order: {}", identity, failed.toString());
        }
    }

    private void work() {
        try {
            int idle = 0;
            while (!ending) {
                if (turn()) {
                    idle = 0;
                } else if (++idle < SPINS) {
                    Thread.onSpinWait();
                } else {
                    sleep();
                }
            }
            while (intake.turn()) {
                LOG.debug("journal {}: writing what waits", identity);
            }
            deliver();
            space.figures();
        } catch (IOException | JournalException | RuntimeException | Error failure) {
            space.failed();
            LOG.error(
                    "journal {} has failed and takes and gives nothing more; what was acknowledged is safe, restart"
                            + " the rack once the cause is mended: {}",
                    identity,
                    failure.toString(),
                    failure);
        } finally {
            gate.disk().ends();
        }
    }

    /** One turn; whether there was anything to do. */
    public boolean turn() throws IOException, JournalException {
        gate.disk().begins();
        try {
            boolean busy = intake.turn();
            gate.disk().begins();
            busy |= deliver();
            gate.disk().begins();
            space.look();
            return busy;
        } finally {
            gate.disk().ends();
        }
    }

    /** What cannot be opened for reading at present is tried again after a while: it is there, and waits. */
    private boolean deliver() throws IOException, JournalException {
        if (unread && !ending && clock.nanoTime() - unreadNs < REST_NS) {
            return false;
        }
        try {
            boolean busy = delivery.turn();
            if (unread) {
                unread = false;
                LOG.info("journal {}: what it holds can be read again", identity);
            }
            return busy;
        } catch (NoFileException refused) {
            if (!unread) {
                LOG.warn(
                        "journal {}: what it holds cannot be read at present, nothing is lost, tried again all the while: {}",
                        identity,
                        refused.getMessage());
            }
            unread = true;
            unreadNs = clock.nanoTime();
            return false;
        }
    }

    /** Looks once more after saying that it sleeps, so that no wake is missed. */
    private void sleep() throws IOException, JournalException {
        gate.beforeSleep();
        try {
            if (!turn() && !ending) {
                gate.sleep(SLEEP_NS);
            }
        } finally {
            gate.afterSleep();
        }
    }
}
