package io.fluxrig.engine.rack.wire;

import io.fluxrig.engine.config.NodeConfig;
import io.fluxrig.engine.fault.Faults;
import io.fluxrig.engine.metrics.RackMetrics;
import io.fluxrig.engine.rack.plan.RackPlan;
import io.fluxrig.engine.strip.StripBank;
import io.fluxrig.engine.strip.WireJournals;
import io.fluxrig.engine.strip.plan.StripPlan.GearPlan;
import io.fluxrig.engine.strip.plan.StripPlan.WirePlan;
import io.fluxrig.perf.clock.Clock;
import io.fluxrig.transport.bus.BusLogin;
import io.fluxrig.transport.entry.EntryEnds;
import io.fluxrig.transport.journal.Journal;
import io.fluxrig.transport.journal.JournalKind;
import io.fluxrig.transport.journal.entry.EntryLog;
import io.fluxrig.transport.journal.store.JournalException;
import java.io.Closeable;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The journals of a rack's durable wires, the ledgers of its gears, and with {@link RackSnake} its wires to other racks, from opening to closing: before
 * any strip is made they are open and checked, they run while gears do, and they are closed when every strip is gone. Opening
 * and closing touch the disk, so never on an event loop.
 */
public final class RackJournals implements AutoCloseable {
    /** Tells one run of a rack from the next. */
    private static final SecureRandom RUNS = new SecureRandom();

    private static final Logger LOG = LoggerFactory.getLogger(RackJournals.class);

    private final List<Journal> byWire = new ArrayList<>();
    private final Map<String, EntryLog> ledgers = new LinkedHashMap<>();
    private final WatchedWires watched = new WatchedWires();
    private final String home;
    private RackSnake snake = RackSnake.none();
    private List<StrandedWire> stranded = List.of();

    private RackJournals(String home) {
        this.home = home;
    }

    /** Of a rack without durable wires. */
    public static RackJournals none() {
        return new RackJournals("");
    }

    /** Whether the node's configuration has what the plan's wires and ledgers need; the faults say what is missing. */
    public static void check(RackPlan plan, NodeConfig config, Faults faults) {
        RackSnake.check(plan, config, faults);
    }

    /**
     * Opens a journal for every durable wire of the plan and every gear that keeps a ledger, and what its wires between racks need, and registers their metrics;
     * looks for journals that nothing uses any more.
     *
     * @throws JournalException if one cannot be used; those opened before are closed again
     */
    public static RackJournals open(RackPlan plan, NodeConfig config, int strips, RackMetrics metrics, Clock clock)
            throws JournalException {
        return open(plan, config, strips, metrics, clock, new RackKeys(config, false, InstantSource.system()), null);
    }

    /**
     * As {@link #open(RackPlan, NodeConfig, int, RackMetrics, Clock)}, over NATS under that login.
     *
     * @param login null for none
     */
    public static RackJournals open(
            RackPlan plan,
            NodeConfig config,
            int strips,
            RackMetrics metrics,
            Clock clock,
            RackKeys keys,
            BusLogin login)
            throws JournalException {
        RackJournals journals = new RackJournals(plan.rack() + "/" + Integer.toHexString(RUNS.nextInt()));
        JournalOpener opener =
                new JournalOpener(plan.rack(), config, strips, metrics, clock, keys.journals(), journals.watched);
        boolean opened = false;
        try {
            for (WirePlan wire : plan.strips().wires()) {
                journals.byWire.add(
                        wire.durable()
                                ? opener.open(JournalKind.LOCAL, plan.strips().nameOf(wire), wire.sync())
                                : null);
            }
            for (GearPlan gear : plan.strips().gears()) {
                if (gear.ledger() != null && !gear.ledger().isShared()) {
                    journals.ledgers.put(
                            gear.name(),
                            opener.openLedger(gear.name(), gear.ledger().sync()));
                }
            }
            journals.snake = RackSnake.open(plan, opener, keys, login);
            journals.stranded = StrandedWires.find(opener, journals.watched.folders());
            opened = true;
            return journals;
        } finally {
            if (!opened) {
                journals.close();
            }
        }
    }

    /** What the strips are made with. */
    public WireJournals wires() {
        Map<String, EntryEnds> all = new LinkedHashMap<>(ledgers);
        all.putAll(snake.ledgers());
        return new WireJournals(byWire, snake.leaving(), snake.arriving(), home, all);
    }

    /** What is asked whether it takes anything. */
    WatchedWires watched() {
        return watched;
    }

    /** What there is of other racks at present. Any thread. */
    public FleetLinks links() {
        return snake.links();
    }

    /** Wires and ticket logs that take nothing at present. Any thread. */
    public List<StoppedWire> stopped() {
        return watched.stopped();
    }

    /** Has the log say which of them a disk keeps waiting; now and then, always by the same thread. Waits for nothing. */
    public void look() {
        watched.look();
    }

    /**
     * Messages that no wire of the scenario leads to: in journals, as they were found at the start, and in NATS, as they were at the last
     * look. Any thread.
     */
    public List<StrandedWire> stranded() {
        return Stream.concat(stranded.stream(), snake.stranded().stream()).toList();
    }

    /**
     * Begins to connect to other racks; does so once.
     *
     * @param running whether the gears run, so that other racks may send requests
     */
    public void connect(StripBank bank, BooleanSupplier running) {
        snake.connect(bank, running);
    }

    /** Waits until the far ends of wires to other racks answer, no longer than that. Blocks. */
    public void probe(long waitNs) {
        snake.probe(waitNs);
    }

    /** Lets messages flow; the receiving gears run. */
    public void start(StripBank bank) {
        byWire.stream().filter(Objects::nonNull).forEach(journal -> journal.start(bank::wake));
        ledgers.values().forEach(ledger -> ledger.start(bank::wake));
        snake.start(bank::wake);
    }

    /** Writes what is in the rings and closes every file; the strips are gone. */
    @Override
    public void close() {
        snake.close();
        for (Journal journal : byWire) {
            if (journal != null) {
                close(journal::close, journal.settings().identity());
            }
        }
        byWire.clear();
        ledgers.values()
                .forEach(ledger -> close(ledger::close, ledger.settings().identity()));
        ledgers.clear();
    }

    private static void close(Closeable journal, String identity) {
        try {
            journal.close();
        } catch (IOException e) {
            LOG.error("journal {} was not closed in order: {}", identity, e.toString());
        }
    }
}
