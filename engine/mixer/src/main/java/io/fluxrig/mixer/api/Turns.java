package io.fluxrig.mixer.api;

import io.fluxrig.engine.fault.FailureWords;
import io.fluxrig.mixer.desk.Desk;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has what takes long or much memory done one after the other. At most {@value #WAITING_MAX} such things wait, more are refused with
 * {@link Desk.Busy}; what nobody waits for any more is not begun. Any thread.
 */
final class Turns {
    static final int WAITING_MAX = 16;

    private static final Logger LOG = LoggerFactory.getLogger(Turns.class);

    private final Duration answerMax;
    private final Queue<Runnable> waiting = new ArrayDeque<>();
    private boolean busy;

    /** @param answerMax how long whoever asks waits; what has begun by then goes on, and the next begins after it */
    Turns(Duration answerMax) {
        this.answerMax = answerMax;
    }

    /**
     * What comes of it; a {@link java.util.concurrent.TimeoutException} where that takes too long.
     *
     * @param gone whether nobody waits for it any more; asked when its turn comes
     * @param work begun on the caller's thread, or on the one on which the last one ended
     */
    <T> CompletableFuture<T> take(BooleanSupplier gone, Supplier<CompletableFuture<T>> work) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        synchronized (this) {
            if (busy && waiting.size() >= WAITING_MAX) {
                return CompletableFuture.failedFuture(new Desk.Busy());
            }
            waiting.add(() -> begin(answer, gone, work));
        }
        goOn();
        return answer.orTimeout(answerMax.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void goOn() {
        Runnable next;
        synchronized (this) {
            next = busy ? null : waiting.poll();
            busy |= next != null;
        }
        if (next != null) {
            next.run();
        }
    }

    private <T> void begin(CompletableFuture<T> answer, BooleanSupplier gone, Supplier<CompletableFuture<T>> work) {
        CompletableFuture<T> begun;
        try {
            boolean left = answer.isDone() || gone.getAsBoolean();
            begun = left ? CompletableFuture.failedFuture(new Desk.Busy()) : work.get();
        } catch (RuntimeException | Error failed) {
            begun = CompletableFuture.failedFuture(failed);
        }
        begun.thenAccept(answer::complete)
                .exceptionally(failure -> {
                    answer.completeExceptionally(failure instanceof CompletionException ? failure.getCause() : failure);
                    return null;
                })
                .thenAccept(told -> ended())
                .exceptionally(failure -> {
                    LOG.error("what waits for its turn goes on: {}", FailureWords.of(failure), failure);
                    return null;
                });
    }

    private void ended() {
        synchronized (this) {
            busy = false;
        }
        goOn();
    }
}
