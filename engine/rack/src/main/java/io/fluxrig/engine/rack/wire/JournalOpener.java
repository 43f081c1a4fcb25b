package io.fluxrig.engine.rack.wire;

import io.fluxrig.engine.config.NodeConfig;
import io.fluxrig.engine.config.NodeKeys;
import io.fluxrig.engine.metrics.RackMetrics;
import io.fluxrig.engine.rack.wire.StoppedWire.Role;
import io.fluxrig.perf.clock.Clock;
import io.fluxrig.perf.latency.LatencyRecorder;
import io.fluxrig.transport.journal.Journal;
import io.fluxrig.transport.journal.JournalKind;
import io.fluxrig.transport.journal.entry.EntryLog;
import io.fluxrig.transport.journal.store.DamagePolicy;
import io.fluxrig.transport.journal.store.JournalException;
import io.fluxrig.transport.journal.store.JournalSettings;
import io.fluxrig.transport.journal.store.KeySource;
import io.fluxrig.transport.journal.store.SyncMode;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Objects;

/**
 * Opens a rack's journals as the node's configuration has them.
 *
 * @param rack whose they are; part of their identity
 * @param keys of the journals on this rack's disk
 * @param watched is told of each that is opened
 */
record JournalOpener(
        String rack,
        NodeConfig config,
        int strips,
        RackMetrics metrics,
        Clock clock,
        KeySource keys,
        WatchedWires watched) {
    private static final String TICKETS = ".tickets";
    private static final String ARROW = "->";
    private static final String ARROW_IN_FILES = "+";

    /**
     * Opens the journal of a wire and registers its metrics. Touches the disk.
     *
     * @param wire its name, {@code gear.port->gear.port}
     */
    Journal open(JournalKind kind, String wire, SyncMode sync) throws JournalException {
        Journal journal =
                Journal.open(settings(kind, wire, sync), kind, keys, new SecureRandom(), clock, strips, fsyncs(wire));
        JournalMetrics.register(metrics, wire, journal.figures(), journal::takes);
        Role role = switch (kind) {
            case LOCAL -> Role.WIRE;
            case OUTGOING -> Role.LEAVING;
            case INCOMING -> Role.ARRIVING;
        };
        watched.add(wire, role, journal.settings().folder(), journal::shortage);
        return journal;
    }

    /** Opens what a gear of that name keeps, and registers its metrics. Touches the disk. */
    EntryLog openLedger(String gear, SyncMode sync) throws JournalException {
        String name = gear + TICKETS;
        EntryLog log = EntryLog.open(
                settings(JournalKind.LOCAL, name, sync), keys, new SecureRandom(), clock, strips, fsyncs(name));
        JournalMetrics.register(metrics, name, log.figures(), log::takes);
        watched.add(name, Role.TICKETS, log.settings().folder(), log::shortage);
        return log;
    }

    private LatencyRecorder fsyncs(String wire) {
        return metrics.latency("durable_fsync_seconds", "How long an fsync of a durable wire took.", 0, "wire", wire);
    }

    /** Size of each ring between a strip and the thread of a wire. */
    int ringBytes(JournalKind kind) {
        return kind.ringBytes(config.number(NodeKeys.STORE_RING));
    }

    /** The wire whose journal a folder is. */
    static String wireOf(Path folder) {
        return name(folder).replace(ARROW_IN_FILES, ARROW);
    }

    /** Whether a folder is what a gear keeps. */
    static boolean isLedger(Path folder) {
        return name(folder).endsWith(TICKETS);
    }

    private static String name(Path folder) {
        return Objects.toString(folder.getFileName(), "");
    }

    /** Of a journal that is only looked into. */
    JournalSettings settings(String wire) {
        return settings(JournalKind.LOCAL, wire, SyncMode.OS);
    }

    private JournalSettings settings(JournalKind kind, String wire, SyncMode sync) {
        Path folder = config.dataPath(NodeKeys.STORE_DIR).resolve(wire.replace(ARROW, ARROW_IN_FILES));
        long segmentBytes = config.number(NodeKeys.STORE_SEGMENT);
        boolean refuse = DamagePolicy.REFUSE.word().equals(config.text(NodeKeys.STORE_ON_DAMAGE));
        return new JournalSettings(
                folder,
                rack + "/" + wire,
                sync,
                segmentBytes,
                config.durationNs(NodeKeys.STORE_SEGMENT_AGE),
                Math.max(config.number(NodeKeys.STORE_BACKLOG), JournalSettings.SEGMENTS_MIN * segmentBytes),
                config.durationNs(NodeKeys.STORE_RETAIN),
                config.number(NodeKeys.STORE_FREE_MIN),
                ringBytes(kind),
                config.durationNs(NodeKeys.STORE_FULL_WAIT),
                refuse ? DamagePolicy.REFUSE : DamagePolicy.SKIP);
    }
}
