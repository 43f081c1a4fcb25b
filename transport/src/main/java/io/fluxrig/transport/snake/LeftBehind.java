package io.fluxrig.transport.snake;

import io.fluxrig.transport.snake.nats.Bus;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks whether the stream holds messages for this rack that no wire of it takes: those of a wire that is gone, or has another name, and of
 * one that only another rack has yet. At the first connection and every 15 s from then on, on a thread of its own, since it waits for NATS.
 */
public final class LeftBehind implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LeftBehind.class);
    private static final long LOOK_NS = 15_000_000_000L;
    /** Until there is a connection. */
    private static final long FIRST_LOOK_NS = 250_000_000L;

    private static final long JOIN_WAIT_MS = 5_000;

    private final Bus bus;
    private final String above;
    private final Set<String> taken;
    private final Consumer<Map<String, Long>> found;
    private final Thread thread = new Thread(this::run, "snake-left");
    private boolean looked;
    private volatile boolean ending;

    /**
     * @param rack whose messages
     * @param taken the subjects that its wires take
     * @param found is told how many wait, by subject, after each look; on the thread of this
     */
    LeftBehind(Bus bus, String rack, Set<String> taken, Consumer<Map<String, Long>> found) {
        this.bus = bus;
        this.above = Snake.MESSAGES + rack;
        this.taken = Set.copyOf(taken);
        this.found = found;
        thread.setDaemon(true);
    }

    /** By the owner, once. */
    public void start() {
        thread.start();
    }

    private void run() {
        while (!ending) {
            try {
                look();
            } catch (RuntimeException | Error failed) {
                LOG.error(
                        "whether messages wait in NATS that no wire takes is looked for again after {}",
                        failed.toString(),
                        failed);
            }
            if (!ending) {
                LockSupport.parkNanos(looked ? LOOK_NS : FIRST_LOOK_NS);
            }
        }
    }

    /** What cannot be told is as it was. */
    void look() {
        Map<String, Long> waiting = bus.connection() == Bus.DOWN ? null : bus.waiting(above);
        if (waiting != null) {
            looked = true;
            Map<String, Long> left = new TreeMap<>(waiting);
            left.keySet().removeAll(taken);
            found.accept(left);
        }
    }

    /** Waits for a look that is under way, for a moment. */
    @Override
    public void close() {
        ending = true;
        LockSupport.unpark(thread);
        try {
            thread.join(JOIN_WAIT_MS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        if (thread.isAlive()) {
            LOG.error("the thread {} has not ended after {} ms; NATS may hang", thread.getName(), JOIN_WAIT_MS);
        }
    }
}
