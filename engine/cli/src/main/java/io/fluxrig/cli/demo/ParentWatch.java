package io.fluxrig.cli.demo;

import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.TimeUnit;

/** Ends this process when the one that started it is gone: their pipe, this one's standard input, has come to its end. */
public final class ParentWatch {
    /** System property that a parent sets to {@code true} for its children. */
    public static final String PROPERTY = "fluxrig.die_with_parent";

    private static final long PATIENCE_MS = 2_000;

    private ParentWatch() {}

    /** Begins to watch, if the parent asked for it. */
    public static void startIfAsked() {
        if (Boolean.getBoolean(PROPERTY)) {
            Thread thread = new Thread(ParentWatch::watch, "parent-watch");
            thread.setDaemon(true);
            thread.start();
        }
    }

    /** Nobody is left to see a polite end, so it gets no more than a moment. */
    private static void haltAfterPatience() {
        try {
            TimeUnit.MILLISECONDS.sleep(PATIENCE_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Runtime.getRuntime().halt(1);
    }

    private static void watch() {
        try {
            System.in.transferTo(OutputStream.nullOutputStream());
        } catch (IOException gone) {
            System.err.println("fluxrig: lost the process that started this one: " + gone.getMessage());
        }
        new Thread(() -> System.exit(1), "exit").start();
        haltAfterPatience();
    }
}
