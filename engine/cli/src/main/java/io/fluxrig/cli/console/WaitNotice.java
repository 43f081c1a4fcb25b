package io.fluxrig.cli.console;

import java.util.concurrent.TimeUnit;

/**
 * Says on standard error what a command waits for, once it has waited for a second; nothing where it is over sooner, and nothing once it is over.
 * Standard output is left to what was asked for.
 */
public final class WaitNotice {
    private static final long AFTER_MS = 1_000;

    private final Console console;
    private final String what;
    /** Guarded by this. */
    private boolean over;

    private WaitNotice(Console console, String what) {
        this.console = console;
        this.what = what;
    }

    /** What may take its time. */
    @FunctionalInterface
    public interface Wait<T> {
        T end() throws InterruptedException;
    }

    /**
     * Waits on the caller's thread.
     *
     * @param what is waited for, and for how long at most
     */
    public static <T> T during(Console console, String what, Wait<T> wait) throws InterruptedException {
        return during(console, what, AFTER_MS, wait);
    }

    static <T> T during(Console console, String what, long afterMs, Wait<T> wait) throws InterruptedException {
        WaitNotice notice = new WaitNotice(console, what);
        Thread thread = new Thread(() -> notice.tellAfter(afterMs), "wait-notice");
        thread.setDaemon(true);
        thread.start();
        try {
            return wait.end();
        } finally {
            notice.end();
            thread.interrupt();
        }
    }

    private void tellAfter(long ms) {
        try {
            TimeUnit.MILLISECONDS.sleep(ms);
        } catch (InterruptedException sooner) {
            return;
        }
        tell();
    }

    private synchronized void tell() {
        if (!over) {
            console.err().println("fluxrig: waiting for " + what);
        }
    }

    private synchronized void end() {
        over = true;
    }
}
