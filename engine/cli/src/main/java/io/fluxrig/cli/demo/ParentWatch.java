package io.fluxrig.cli.demo;

import java.io.IOException;
import java.io.OutputStream;

/** Ends this process when the one that started it is gone: their pipe, this one's standard input, has come to its end. */
public final class ParentWatch {
    /** System property that a parent sets to {@code true} for its children. */
    public static final String PROPERTY = "fluxrig.die_with_parent";

    private ParentWatch() {}

    /** Begins to watch, if the parent asked for it. */
    public static void startIfAsked() {
        if (Boolean.getBoolean(PROPERTY)) {
            Thread thread = new Thread(ParentWatch::watch, "parent-watch");
            thread.setDaemon(true);
            thread.start();
        }
    }

    private static void watch() {
        try {
            System.in.transferTo(OutputStream.nullOutputStream());
        } catch (IOException gone) {
            System.err.println("fluxrig: lost the process that started this one: " + gone.getMessage());
        }
        System.exit(1);
    }
}
