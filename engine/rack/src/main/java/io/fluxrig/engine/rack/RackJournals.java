package io.fluxrig.engine.rack;

import io.fluxrig.engine.config.NodeConfig;
import io.fluxrig.engine.config.NodeKeys;
import io.fluxrig.engine.metrics.RackMetrics;
import io.fluxrig.engine.strip.StripBank;
import io.fluxrig.engine.strip.StripPlan.WirePlan;
import io.fluxrig.engine.strip.WireJournals;
import io.fluxrig.perf.clock.Clock;
import io.fluxrig.perf.latency.LatencyRecorder;
import io.fluxrig.transport.journal.DamagePolicy;
import io.fluxrig.transport.journal.Journal;
import io.fluxrig.transport.journal.JournalException;
import io.fluxrig.transport.journal.JournalFigures;
import io.fluxrig.transport.journal.JournalKind;
import io.fluxrig.transport.journal.JournalSettings;
import io.fluxrig.transport.journal.KeyFile;
import io.fluxrig.transport.journal.KeySource;
import io.fluxrig.transport.journal.SyncMode;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The journals of a rack's durable wires, and with {@link RackSnake} its wires to other racks, from opening to closing: before any strip is made they are open and checked, they run
 * while gears do, and they are closed when every strip is gone. Opening and closing touch the disk, so never on an event loop.
 */
public final class RackJournals implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RackJournals.class);

    private final List<Journal> byWire = new ArrayList<>();
    private RackSnake snake = RackSnake.none();

    private RackJournals() {}

    /** Of a rack without durable wires. */
    public static RackJournals none() {
        return new RackJournals();
    }

    /** As {@link #open(RackPlan, NodeConfig, int, RackMetrics, Clock, KeySource)}, with the key in {@code store.key_file}. */
    public static RackJournals open(RackPlan plan, NodeConfig config, int strips, RackMetrics metrics, Clock clock)
            throws JournalException {
        KeySource keys = new KeyFile(config.dataPath(NodeKeys.STORE_KEY_FILE), new SecureRandom());
        return open(plan, config, strips, metrics, clock, keys);
    }

    /**
     * Opens a journal for every durable wire of the plan and what its wires between racks need, and registers their metrics;
     * touches no disk if there are none.
     *
     * @throws JournalException if one cannot be used; those opened before are closed again
     */
    public static RackJournals open(
            RackPlan plan, NodeConfig config, int strips, RackMetrics metrics, Clock clock, KeySource keys)
            throws JournalException {
        RackJournals journals = new RackJournals();
        boolean opened = false;
        try {
            for (WirePlan wire : plan.strips().wires()) {
                journals.byWire.add(wire.durable() ? open(plan, wire, config, strips, metrics, clock, keys) : null);
            }
            journals.snake = RackSnake.open(plan, config, strips, metrics, clock, keys);
            opened = true;
            return journals;
        } finally {
            if (!opened) {
                journals.close();
            }
        }
    }

    private static Journal open(
            RackPlan plan,
            WirePlan wire,
            NodeConfig config,
            int strips,
            RackMetrics metrics,
            Clock clock,
            KeySource keys)
            throws JournalException {
        String name = plan.strips().nameOf(wire);
        int ringBytes = (int) config.number(NodeKeys.STORE_RING);
        return open(
                settings(plan.rack(), name, wire.sync(), ringBytes, config),
                JournalKind.LOCAL,
                name,
                strips,
                metrics,
                clock,
                keys);
    }

    /** Opens one journal and registers its metrics. */
    static Journal open(
            JournalSettings settings,
            JournalKind kind,
            String name,
            int strips,
            RackMetrics metrics,
            Clock clock,
            KeySource keys)
            throws JournalException {
        LatencyRecorder fsyncs =
                metrics.latency("durable_fsync_seconds", "How long an fsync of a durable wire took.", 0, "wire", name);
        Journal journal = Journal.open(settings, kind, keys, new SecureRandom(), clock, strips, fsyncs);
        register(metrics, name, journal);
        return journal;
    }

    /** A journal's settings as the node's configuration has them. */
    static JournalSettings settings(String rack, String name, SyncMode sync, int ringBytes, NodeConfig config) {
        Path folder = config.dataPath(NodeKeys.STORE_DIR).resolve(name.replace("->", "+"));
        long segmentBytes = config.number(NodeKeys.STORE_SEGMENT);
        return new JournalSettings(
                folder,
                rack + "/" + name,
                sync,
                segmentBytes,
                config.durationNs(NodeKeys.STORE_SEGMENT_AGE),
                Math.max(config.number(NodeKeys.STORE_BACKLOG), JournalSettings.SEGMENTS_MIN * segmentBytes),
                config.durationNs(NodeKeys.STORE_RETAIN),
                config.number(NodeKeys.STORE_FREE_MIN),
                ringBytes,
                config.durationNs(NodeKeys.STORE_FULL_WAIT),
                DamagePolicy.REFUSE.word().equals(config.text(NodeKeys.STORE_ON_DAMAGE))
                        ? DamagePolicy.REFUSE
                        : DamagePolicy.SKIP);
    }

    private static void register(RackMetrics metrics, String wire, Journal journal) {
        JournalFigures figures = journal.figures();
        metrics.counter(
                "durable_appended_total", "Messages written by a durable wire.", figures::appended, "wire", wire);
        metrics.counter(
                "durable_acknowledged_total",
                "Messages of a durable wire that its receiver has dealt with.",
                figures::acknowledged,
                "wire",
                wire);
        metrics.counter(
                "durable_redelivered_total",
                "Deliveries of a durable wire that were not a message's first.",
                figures::redelivered,
                "wire",
                wire);
        metrics.counter(
                "durable_set_aside_total",
                "Messages of a durable wire that were refused too often and lie aside.",
                figures::setAside,
                "wire",
                wire);
        metrics.counter("durable_lost_total", "Messages of a durable wire found damaged.", figures::lost, "wire", wire);
        metrics.counter(
                "durable_stalls_total", "How often a durable wire ran out of space.", figures::stalls, "wire", wire);
        metrics.level(
                "durable_backlog_messages",
                "Messages of a durable wire that are not acknowledged.",
                figures::backlogRecords,
                "wire",
                wire);
        metrics.level(
                "durable_backlog_bytes",
                "Bytes of the files that hold such messages.",
                figures::backlogBytes,
                "wire",
                wire);
        metrics.level(
                "durable_disk_bytes",
                "Bytes of all files of a durable wire, with what is reserved ahead.",
                figures::fileBytes,
                "wire",
                wire);
        metrics.level(
                "durable_up", "1 while a durable wire takes messages.", () -> journal.takes() ? 1 : 0, "wire", wire);
    }

    /** What the strips are made with. */
    WireJournals wires() {
        return new WireJournals(byWire, snake.leaving(), snake.arriving());
    }

    /** Lets messages flow; the receiving gears run. */
    void start(StripBank bank) {
        byWire.stream().filter(Objects::nonNull).forEach(journal -> journal.start(bank::wake));
        snake.start(bank::wake);
    }

    /** Writes what is in the rings and closes every file; the strips are gone. */
    @Override
    public void close() {
        snake.close();
        for (Journal journal : byWire) {
            try {
                if (journal != null) {
                    journal.close();
                }
            } catch (IOException e) {
                LOG.error(
                        "journal {} was not closed in order: {}",
                        journal.settings().identity(),
                        e.toString());
            }
        }
        byWire.clear();
    }
}
