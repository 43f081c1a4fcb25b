package io.fluxrig.cli.status;

import io.fluxrig.cli.screen.RackFigures;
import java.io.IOException;
import java.util.concurrent.TimeUnit;

/** Asks a rack once a second on a thread of its own; {@link #latest} never waits. */
public final class RackWatch implements AutoCloseable {
    private static final long EVERY_MS = 1_000;

    private final RackClient client;
    private final Thread thread;
    private volatile RackFigures latest;

    public RackWatch(RackClient client) {
        this.client = client;
        this.thread = new Thread(this::watch, "rack-watch");
        thread.setDaemon(true);
        thread.start();
    }

    /** What it said last; null if it has said nothing yet or does not answer any more. */
    public RackFigures latest() {
        return latest;
    }

    private void watch() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                latest = ask();
                TimeUnit.MILLISECONDS.sleep(EVERY_MS);
            }
        } catch (InterruptedException end) {
            Thread.currentThread().interrupt();
        }
    }

    private RackFigures ask() throws InterruptedException {
        try {
            return client.status();
        } catch (IOException silent) {
            return null;
        }
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
