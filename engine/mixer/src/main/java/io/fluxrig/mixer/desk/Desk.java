package io.fluxrig.mixer.desk;

import io.fluxrig.engine.fault.FailureWords;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The mixer's one thread for decisions and the registry: everything there is done one after the other, so that nothing needs a lock.
 * At most {@value #WAITING_MAX} questions and as many other things wait, beside {@value #FIRST_MAX} that go first; more are refused and counted.
 * Questions take turns with the other things, each kind in its order. Whoever asks waits for {@link #ANSWER_MAX} at most. Any thread.
 */
public final class Desk implements AutoCloseable {
    /** Things that wait at most. */
    public static final int WAITING_MAX = 4096;

    /** Things that go first, at most. */
    static final int FIRST_MAX = 16;

    /** Less than whoever asks over the API waits for an answer. */
    static final Duration ANSWER_MAX = Duration.ofSeconds(25);

    private static final Logger LOG = LoggerFactory.getLogger(Desk.class);
    private static final long CLOSE_SECONDS = 10;

    private final ThreadPoolExecutor thread = new ThreadPoolExecutor(
            1, 1, 0, TimeUnit.SECONDS, new ArrayBlockingQueue<>(WAITING_MAX), task -> new Thread(task, "desk"));
    private final AtomicLong refused = new AtomicLong();

    private final Queue<Runnable> first = new ArrayBlockingQueue<>(FIRST_MAX);
    /** Questions: one is answered ahead of each other thing, so that however much is offered they have half of the desk. */
    private final Queue<Runnable> asked = new ArrayBlockingQueue<>(WAITING_MAX);

    private final BooleanSupplier open;
    private final Duration answerMax;

    /** @param open whether this mixer may decide; asked when something is put here and ahead of doing it */
    public Desk(BooleanSupplier open) {
        this(open, ANSWER_MAX);
    }

    /** @param answerMax in place of {@link #ANSWER_MAX} */
    public Desk(BooleanSupplier open, Duration answerMax) {
        this.open = open;
        this.answerMax = answerMax;
    }

    /**
     * Does something and gives what comes of it; fails with {@link Busy} where too much waits, with {@link Closed} where this mixer may
     * not decide, at once or by then, and with {@link TimeoutException} where it takes too long: it is not done then, unless it has begun.
     */
    public <T> CompletableFuture<T> ask(Callable<T> question) {
        if (!open.getAsBoolean()) {
            // behind what hangs nobody would hear of it
            return CompletableFuture.failedFuture(new Closed());
        }
        return attend(() -> {
            if (!open.getAsBoolean()) {
                throw new Closed();
            }
            return question.call();
        });
    }

    /** Does something that is no decision, whether or not this mixer may decide; else as {@link #ask}. */
    public <T> CompletableFuture<T> attend(Callable<T> question) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        if (thread.isShutdown() || !asked.offer(answering(question, answer))) {
            refused.incrementAndGet();
            answer.completeExceptionally(new Busy());
        } else {
            // a full desk comes to it anyway
            put(() -> {});
        }
        return answer.orTimeout(answerMax.toMillis(), TimeUnit.MILLISECONDS);
    }

    /**
     * Does something ahead of all that waits, whether or not this mixer may decide, and however long that takes: what is answered late hangs,
     * or its one predecessor does. Fails with {@link Busy} where too much of the kind waits.
     */
    public <T> CompletableFuture<T> first(Callable<T> question) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        if (first.offer(answering(question, answer))) {
            // a full desk needs no more to come to it
            put(() -> {});
        } else {
            refused.incrementAndGet();
            answer.completeExceptionally(new Busy());
        }
        return answer;
    }

    /** Nothing is done for somebody who has gone. */
    private static <T> Runnable answering(Callable<T> question, CompletableFuture<T> answer) {
        return () -> {
            if (answer.isDone()) {
                return;
            }
            try {
                answer.complete(question.call());
            } catch (Exception | Error failed) {
                answer.completeExceptionally(failed);
            }
        };
    }

    /** Does something soon, if this mixer may decide by then; false where too much waits. */
    public boolean offer(Runnable task) {
        boolean taken = put(() -> {
            if (open.getAsBoolean()) {
                task.run();
            }
        });
        refused.addAndGet(taken ? 0 : 1);
        return taken;
    }

    private boolean put(Runnable task) {
        try {
            thread.execute(() -> {
                for (Runnable ahead = first.poll(); ahead != null; ahead = first.poll()) {
                    attempt(ahead);
                }
                Runnable question = asked.poll();
                if (question != null) {
                    attempt(question);
                }
                attempt(task);
            });
            return true;
        } catch (RejectedExecutionException full) {
            return false;
        }
    }

    private static void attempt(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException | Error failed) {
            LOG.error("not done: {}", FailureWords.of(failed), failed);
        }
    }

    /** Things refused so far. */
    public long refused() {
        return refused.get();
    }

    /** Things that wait. */
    public int waiting() {
        return Math.max(thread.getQueue().size(), asked.size());
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

        public Busy() {
            super("the mixer has more to do than it can; try again");
        }
    }
}
