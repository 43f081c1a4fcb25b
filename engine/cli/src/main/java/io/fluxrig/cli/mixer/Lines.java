package io.fluxrig.cli.mixer;

import java.io.IOException;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Lines of an answer as they come, one at most ahead of the one thread that takes them, which waits for each no longer than it likes. */
final class Lines implements Flow.Subscriber<String> {
    private static final Object END = new Object();

    private final BlockingQueue<Object> came = new LinkedBlockingQueue<>();
    private volatile Flow.Subscription subscription;

    @Override
    public void onSubscribe(Flow.Subscription begun) {
        subscription = begun;
        begun.request(1);
    }

    @Override
    public void onNext(String line) {
        came.add(line);
    }

    @Override
    public void onError(Throwable failure) {
        came.add(failure);
    }

    @Override
    public void onComplete() {
        came.add(END);
    }

    /**
     * The next one, null at the end.
     *
     * @throws HttpTimeoutException if nothing comes for so long
     * @throws IOException if the answer breaks off
     */
    String next(Duration silence) throws IOException, InterruptedException {
        Object next = came.poll(silence.toMillis(), TimeUnit.MILLISECONDS);
        if (next == null) {
            throw new HttpTimeoutException("silent for " + silence);
        }
        if (next instanceof String line) {
            subscription.request(1);
            return line;
        }
        came.add(next); // once ended, for ever
        if (next instanceof Throwable failure) {
            throw failure instanceof IOException broken ? broken : new IOException(failure);
        }
        return null;
    }
}
