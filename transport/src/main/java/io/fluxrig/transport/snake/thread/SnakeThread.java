package io.fluxrig.transport.snake.thread;

import io.fluxrig.perf.clock.Clock;
import io.fluxrig.transport.ends.JournalGate;
import io.fluxrig.transport.ends.Shortage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one thread of a wire's end. Takes turns; sleeps when there is nothing to do, until it is woken or a moment has passed. */
public final class SnakeThread {
    private static final Logger LOG = LoggerFactory.getLogger(SnakeThread.class);
    private static final int SPINS = 100;
    private static final long SLEEP_NS = 2_000_000;
    private static final long END_WAIT_NS = 3_000_000_000L;
    private static final long JOIN_WAIT_MS = 10_000;

    private final String name;
    private final SnakeTurns turns;
    private final JournalGate gate;
    private final boolean refuses;
    private final Thread thread;
    private volatile boolean ending;

    /**
     * @param gate by which it is woken, and which it closes if it fails
     * @param refuses whether nothing is taken behind that gate then; not where a journal stands before it
     */
    public SnakeThread(String name, SnakeTurns turns, JournalGate gate, boolean refuses) {
        this.name = name;
        this.turns = turns;
        this.gate = gate;
        this.refuses = refuses;
        this.thread = new Thread(this::run, "snake-" + name);
        thread.setDaemon(true);
    }

    /** By the owner, once. */
    public void start() {
        gate.thread(thread);
        thread.start();
    }

    /** Takes in nothing more, lets what is in hand get away, for a moment, and ends. */
    public void end() {
        ending = true;
        gate.wake();
        try {
            thread.join(JOIN_WAIT_MS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        if (thread.isAlive()) {
            LOG.error("{}: its thread has not ended after {} ms; NATS may hang", name, JOIN_WAIT_MS);
        } else {
            turns.ending(); // a thread that has failed has not said so
        }
    }

    /** Has told what became since its end of what was in hand then; not where it has not ended. By the owner, after {@link #end}. */
    public void ended() {
        if (thread.isAlive()) {
            return;
        }
        try {
            turns.ended();
        } catch (RuntimeException | Error failure) {
            LOG.error(
                    "{}: what was in hand at its end comes again, and may come twice: {}",
                    name,
                    failure.toString(),
                    failure);
        }
    }

    private void run() {
        try {
            int idle = 0;
            while (!ending) {
                if (turns.turn()) {
                    idle = 0;
                } else if (++idle < SPINS) {
                    Thread.onSpinWait();
                } else {
                    sleep();
                }
            }
            turns.ending();
            long startedNs = System.nanoTime();
            while ((turns.turn() || !turns.idle())
                    && !turns.hopeless()
                    && System.nanoTime() - startedNs < END_WAIT_NS) {
                sleep();
            }
        } catch (RuntimeException | Error failure) {
            gate.state(JournalGate.FAILED);
            gate.shortage(Shortage.failed(Clock.system().epochNanos(), refuses));
            LOG.error(
                    "{} has failed and carries nothing more; nothing that was confirmed is lost, restart the rack: {}",
                    name,
                    failure.toString(),
                    failure);
        }
    }

    private void sleep() {
        gate.beforeSleep();
        try {
            if (!turns.turn()) {
                gate.sleep(SLEEP_NS);
            }
        } finally {
            gate.afterSleep();
        }
    }
}
