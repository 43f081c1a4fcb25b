package io.fluxrig.transport.journal.store;

import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import net.openhft.chronicle.core.io.BackgroundResourceReleaser;

/** What the store beneath must not do by itself: call home, print to the console, watch disks. */
public final class ChronicleDefaults {
    /** Kept, or the logger would be collected and its level forgotten. */
    private static final Logger QUIET = Logger.getLogger("net.openhft");

    private static final List<String> OPENED = List.of("java.lang.reflect", "sun.nio.ch");

    private ChronicleDefaults() {}

    /** Takes effect if it runs before the store's classes are loaded; an operator's own flags hold. */
    static void set() {
        QUIET.setLevel(Level.SEVERE);
        setUnlessGiven("chronicle.analytics.disable", "true");
        setUnlessGiven("chronicle.announcer.disable", "true");
        setUnlessGiven("chronicle.disk.monitor.disable", "true");
    }

    /** Says in one line what would otherwise be an error from deep inside the store: of flags that are missing, or of a process that ends. */
    public static void require() throws JournalException {
        requireFlags();
        set();
        try {
            // has the store's hook for the end of the process made before anything else of it, which cannot be once
            // that has begun
            BackgroundResourceReleaser.releasePendingResources();
        } catch (ExceptionInInitializerError | NoClassDefFoundError ends) {
            throw new JournalException("this process ends, and opens no journal any more", ends);
        }
    }

    private static void requireFlags() throws JournalException {
        Module base = Object.class.getModule();
        Module own = ChronicleDefaults.class.getModule();
        for (String opened : OPENED) {
            if (!base.isOpen(opened, own)) {
                throw new JournalException("a durable wire needs the JVM flag --add-opens=java.base/" + opened
                        + "=ALL-UNNAMED, which bin/fluxrig gives; add it to the command that starts Java");
            }
        }
    }

    private static void setUnlessGiven(String name, String value) {
        if (System.getProperty(name) == null) {
            System.setProperty(name, value);
        }
    }
}
