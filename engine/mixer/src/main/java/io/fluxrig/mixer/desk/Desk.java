package io.fluxrig.mixer.desk;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The mixer's one thread for decisions and the registry: everything there is done one after the other, so that nothing needs a lock.
 * At most {@value #WAITING_MAX} things wait; more are refused and counted. Any thread.
 */
public final class Desk implements AutoCloseable {
    /** Things that wait at most. */
    public static final int WAITING_MAX = 4096;

    private static final Logger LOG = LoggerFactory.getLogger(Desk.class);
    private static final long CLOSE_SECONDS = 10;

    private final ThreadPoolExecutor thread = new ThreadPoolExecutor(
            1, 1, 0, TimeUnit.SECONDS, new ArrayBlockingQueue<>(WAITING_MAX), task -> new Thread(task, "desk"));
    private final AtomicLong refused = new AtomicLong();

    private final BooleanSupplier open;

    /** @param open whether this mixer may decide; asked ahead of each thing, on the desk's thread */
    public Desk(BooleanSupplier open) {
        this.open = open;
    }

    /**
     * Does something and gives what comes of it; fails with {@link Busy} where too much waits, with {@link Closed} where this mixer may
     * not decide.
     */
    public <T> CompletableFuture<T> ask(Callable<T> question) {
        return attend(() -> {
            if (!open.getAsBoolean()) {
                throw new Closed();
            }
            return question.call();
        });
    }

    /** Does something that is no decision, whether or not this mixer may decide. */
    public <T> CompletableFuture<T> attend(Callable<T> question) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        boolean taken = put(() -> {
            try {
                answer.complete(question.call());
            } catch (Exception failed) {
                answer.completeExceptionally(failed);
            }
        });
        if (!taken) {
            answer.completeExceptionally(new Busy());
        }
        return answer;
    }

    /** Does something soon, if this mixer may decide by then; false where too much waits. */
    public boolean offer(Runnable task) {
        return put(() -> {
            if (open.getAsBoolean()) {
                task.run();
            }
        });
    }

    private boolean put(Runnable task) {
        try {
            thread.execute(() -> {
                try {
                    task.run();
                } catch (RuntimeException failed) {
                    LOG.error("not done: {}", failed.toString(), failed);
                }
            });
            return true;
        } catch (RejectedExecutionException full) {
            refused.incrementAndGet();
            return false;
        }
    }

    /** Things refused so far. */
    public long refused() {
        return refused.get();
    }

    /** Things that wait. */
    public int waiting() {
        return thread.getQueue().size();
    }

    /** Does what waits, for a moment, and ends. */
    @Override
    public void close() {
        thread.shutdown();
        try {
            if (!thread.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
                LOG.warn("the desk was not cleared within {} s: {} things were not done", CLOSE_SECONDS, waiting());
                thread.shutdownNow();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Another mixer decides. */
    public static final class Closed extends Exception {
        private static final long serialVersionUID = 1;

        Closed() {
            super("this mixer does not lead");
        }
    }

    /** Too much waits. */
    public static final class Busy extends Exception {
        private static final long serialVersionUID = 1;

        Busy() {
            super("the mixer has more to do than it can; try again");
        }
    }
}
