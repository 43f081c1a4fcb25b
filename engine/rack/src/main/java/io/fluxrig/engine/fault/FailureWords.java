package io.fluxrig.engine.fault;

import java.nio.channels.ClosedChannelException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;

/** What a failure of this process's own parts says to people: never the name of a class, which says something to its author alone. */
public final class FailureWords {
    private static final int CAUSES_MAX = 8;

    private FailureWords() {}

    /** Its message, or where it has none that is for people, what such a failure means. */
    public static String of(Throwable failure) {
        Throwable cause = failure;
        for (int depth = 0; isAround(cause) && depth < CAUSES_MAX; depth++) {
            cause = cause.getCause();
        }
        if (cause instanceof RejectedExecutionException) {
            return "there is too much to do, or it ends";
        }
        if (cause.getMessage() != null && !cause.getMessage().isBlank()) {
            return cause.getMessage();
        }
        if (cause instanceof TimeoutException) {
            return "no answer in time";
        }
        if (cause instanceof ClosedChannelException) {
            return "the connection is closed";
        }
        return cause instanceof CancellationException || cause instanceof InterruptedException
                ? "it was given up"
                : "a fault in fluxrig itself";
    }

    /** Whether it only tells that there is another. */
    private static boolean isAround(Throwable failure) {
        return (failure instanceof CompletionException || failure instanceof ExecutionException)
                && failure.getCause() != null;
    }
}
