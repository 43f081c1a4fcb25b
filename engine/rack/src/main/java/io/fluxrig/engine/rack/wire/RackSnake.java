package io.fluxrig.engine.rack.wire;

import io.fluxrig.engine.config.NodeConfig;
import io.fluxrig.engine.config.NodeKeys;
import io.fluxrig.engine.fault.Faults;
import io.fluxrig.engine.fault.Place;
import io.fluxrig.engine.gear.LedgerTerms;
import io.fluxrig.engine.metrics.RackMetrics;
import io.fluxrig.engine.rack.node.NodeTls;
import io.fluxrig.engine.rack.plan.RackPlan;
import io.fluxrig.engine.rack.wire.StoppedWire.Role;
import io.fluxrig.engine.strip.StripBank;
import io.fluxrig.engine.strip.plan.StripPlan.Arriving;
import io.fluxrig.engine.strip.plan.StripPlan.Carriage;
import io.fluxrig.engine.strip.plan.StripPlan.GearPlan;
import io.fluxrig.engine.strip.plan.StripPlan.Leaving;
import io.fluxrig.transport.bus.BusLogin;
import io.fluxrig.transport.ends.WireEnds;
import io.fluxrig.transport.ends.WireRings;
import io.fluxrig.transport.entry.EntryEnds;
import io.fluxrig.transport.journal.JournalKind;
import io.fluxrig.transport.journal.store.JournalException;
import io.fluxrig.transport.snake.LeftBehind;
import io.fluxrig.transport.snake.Snake;
import io.fluxrig.transport.snake.entry.EntrySettings;
import io.fluxrig.transport.snake.entry.SharedEntries;
import io.fluxrig.transport.snake.nats.SnakeSettings;
import io.fluxrig.transport.snake.wire.SnakeWire;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.BooleanSupplier;
import java.util.function.IntConsumer;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A rack's wires to and from other racks, and what its gears share with those there, from opening to closing, like {@link RackJournals}. The connection to NATS is made while
 * the rack runs, and again when it is lost: a rack starts and stops without it.
 */
final class RackSnake {
    private static final Logger LOG = LoggerFactory.getLogger(RackSnake.class);

    private final Snake snake;
    private final StrandedInStream stranded = new StrandedInStream();
    private RackPeers peers;
    /** Null where no wire leads to or from other racks. */
    private LeftBehind left;

    private boolean connecting;
    private final List<SnakeWire> leaving = new ArrayList<>();
    private final List<SnakeWire> arriving = new ArrayList<>();
    /** By gear. */
    private final Map<String, SharedEntries> shared = new ConcurrentSkipListMap<>();

    private RackSnake(Snake snake) {
        this.snake = snake;
    }

    /** Of a rack whose wires all stay in it. */
    static RackSnake none() {
        return new RackSnake(null);
    }

    /** Whether the node's configuration has what the plan needs; the faults say what is missing. */
    static void check(RackPlan plan, NodeConfig config, Faults faults) {
        if (!needed(plan)) {
            return;
        }
        String url = config.text(NodeKeys.SNAKE_URL);
        if (url.isBlank()) {
            boolean wired = wired(plan);
            faults.error(
                    Place.ofFile(plan.scenario().file().toString()),
                    wired ? "wires" : "valet.store",
                    (wired ? "wires lead to or from other racks" : "tickets are shared with other racks")
                            + ", and this rack does not know its NATS server",
                    "set snake.url (--set snake.url=nats://host:4222 or FLUXRIG_SNAKE_URL)");
            return;
        }
        for (String one : urls(url)) {
            if (!one.matches("(nats|tls)://[^\\s/]+")) {
                faults.error(
                        config.setting(NodeKeys.SNAKE_URL).place(),
                        NodeKeys.SNAKE_URL,
                        "one of its addresses is none of a NATS server",
                        "write nats://host:port or tls://host:port, several with commas between them");
            }
        }
        NodeTls.check(config, faults);
    }

    /**
     * Opens every wire between racks and registers its metrics; touches nothing if there is none.
     *
     * @param journals opens those on this rack's disk
     * @param keys of this rack
     * @param login to NATS where the configuration names no credentials; null for none
     * @throws JournalException if one cannot be used; those opened before are closed again
     */
    static RackSnake open(RackPlan plan, JournalOpener journals, RackKeys keys, BusLogin login)
            throws JournalException {
        if (!needed(plan)) {
            return none();
        }
        NodeConfig config = journals.config();
        RackMetrics metrics = journals.metrics();
        RackSnake rack = new RackSnake(
                Snake.open(settings(plan, config, login), keys.wires(), journals.clock(), new SecureRandom()));
        boolean opened = false;
        try {
            for (Leaving wire : plan.strips().leaving()) {
                rack.leave(wire.carriage(), journals);
            }
            for (Arriving wire : plan.strips().arriving()) {
                rack.arrive(wire.carriage(), wire.shared(), journals);
            }
            for (GearPlan gear : sharers(plan)) {
                rack.share(plan, gear, journals);
            }
            if (wired(plan)) {
                rack.peers = new RackPeers(
                        rack.snake.peers(config.durationNs(NodeKeys.SNAKE_PEER_HEARTBEAT)), plan.strips(), metrics);
                rack.left = rack.snake.leftBehind(taken(plan), rack.stranded::found);
                metrics.level(
                        "guaranteed_left_messages",
                        "Messages in NATS for this rack that no wire of its scenario takes.",
                        rack.stranded::messages);
            }
            opened = true;
        } finally {
            if (!opened) {
                rack.close();
            }
        }
        metrics.level(
                "snake_connected", "1 while there is a connection to NATS.", () -> rack.snake.connected() ? 1 : 0);
        metrics.counter("snake_disconnects_total", "Connections to NATS that were lost.", rack.snake::disconnects);
        return rack;
    }

    private static Set<String> taken(RackPlan plan) {
        return plan.strips().arriving().stream()
                .map(wire -> wire.carriage().subject())
                .collect(Collectors.toSet());
    }

    /** Messages in NATS for this rack that no wire of its scenario takes. Any thread. */
    List<StrandedWire> stranded() {
        return stranded.wires();
    }

    private void leave(Carriage wire, JournalOpener journals) throws JournalException {
        SnakeWire end = wire.confirmed()
                ? snake.leaving(wire.subject(), journals.open(JournalKind.OUTGOING, wire.name(), wire.sync()))
                : snake.leaving(wire.subject(), rings(JournalKind.OUTGOING, journals));
        leaving.add(end); // from here on it is closed with the rest
        SnakeMetrics.ofSender(journals.metrics(), wire.name(), end);
        journals.watched().add(wire.name(), wire.confirmed() ? Role.KEPT : Role.LEAVING, null, end::shortage);
    }

    private void arrive(Carriage wire, boolean shared, JournalOpener journals) throws JournalException {
        SnakeWire end = wire.confirmed()
                ? snake.arriving(
                        wire.subject(),
                        shared,
                        journals.open(JournalKind.INCOMING, wire.name(), wire.sync()),
                        journals.strips())
                : snake.arriving(wire.subject(), shared, rings(JournalKind.INCOMING, journals));
        arriving.add(end);
        SnakeMetrics.ofReceiver(journals.metrics(), wire.name(), end);
        journals.watched().add(wire.name(), Role.ARRIVING, null, end::shortage);
    }

    private void share(RackPlan plan, GearPlan gear, JournalOpener journals) {
        LedgerTerms terms = gear.ledger();
        SharedEntries entries = snake.shared(
                new EntrySettings(
                        Snake.bucket(plan.strips().scenario(), gear.name()),
                        terms.kept(),
                        terms.waitNs(),
                        terms.alone()),
                journals.strips(),
                journals.ringBytes(JournalKind.LOCAL));
        shared.put(gear.name(), entries);
        SnakeMetrics.ofShared(journals.metrics(), gear.name(), entries);
    }

    private static WireRings rings(JournalKind kind, JournalOpener journals) {
        return new WireRings(journals.strips(), journals.ringBytes(kind));
    }

    private static SnakeSettings settings(RackPlan plan, NodeConfig config, BusLogin login) {
        String credentials = config.text(NodeKeys.SNAKE_CREDS_FILE);
        Path file = credentials.isEmpty() ? null : config.dataPath(NodeKeys.SNAKE_CREDS_FILE);
        return new SnakeSettings(
                urls(config.text(NodeKeys.SNAKE_URL)),
                file,
                login,
                login == null ? NodeTls.of(config) : login.tls(),
                plan.rack(),
                (int) config.number(NodeKeys.SNAKE_REPLICAS),
                config.number(NodeKeys.SNAKE_STREAM),
                (int) config.number(NodeKeys.SNAKE_IN_FLIGHT),
                config.durationNs(NodeKeys.SNAKE_ACK_WAIT),
                config.durationNs(NodeKeys.SNAKE_CONFIRM_WAIT),
                config.durationNs(NodeKeys.SNAKE_FULL_WAIT));
    }

    private static List<String> urls(String text) {
        return Arrays.stream(text.split(",", -1)).map(String::strip).toList();
    }

    private static boolean needed(RackPlan plan) {
        return wired(plan) || !sharers(plan).isEmpty();
    }

    private static List<GearPlan> sharers(RackPlan plan) {
        return plan.strips().gears().stream()
                .filter(gear -> gear.ledger() != null && gear.ledger().isShared())
                .toList();
    }

    /** What there is of other racks at present. Any thread, between opening and closing. */
    FleetLinks links() {
        if (snake == null) {
            return FleetLinks.NONE;
        }
        return new FleetLinks(
                true,
                snake.connected(),
                peers == null ? Map.of() : peers.ends(),
                shared.entrySet().stream()
                        .filter(entry -> !entry.getValue().figures().up())
                        .map(Map.Entry::getKey)
                        .toList());
    }

    private static boolean wired(RackPlan plan) {
        return !plan.strips().leaving().isEmpty() || !plan.strips().arriving().isEmpty();
    }

    /** What strips hold of the wires that leave, in order of the plan. */
    List<WireEnds> leaving() {
        return leaving.stream().map(SnakeWire::ends).toList();
    }

    /** What strips hold of the wires that arrive, in order of the plan. */
    List<WireEnds> arriving() {
        return arriving.stream().map(SnakeWire::ends).toList();
    }

    /** What strips hold of what gears share with other racks, by the gear's name. */
    Map<String, EntryEnds> ledgers() {
        Map<String, EntryEnds> ends = new LinkedHashMap<>();
        shared.forEach((gear, entries) -> ends.put(gear, entries.ends()));
        return ends;
    }

    /**
     * Begins to connect, and to tell other racks which ends are here; does so once.
     *
     * @param running whether the gears run
     */
    void connect(StripBank bank, BooleanSupplier running) {
        if (snake != null && !connecting) {
            connecting = true;
            if (peers != null) {
                peers.start(bank, running);
            }
            if (left != null) {
                left.start();
            }
            snake.start();
            shared.values().forEach(entries -> entries.start(bank::wake));
        }
    }

    /** Waits until the other racks' ends answer and tickets are shared, no longer than that in all. Blocks. */
    void probe(long waitNs) {
        long untilNs = System.nanoTime() + waitNs;
        if (peers != null) {
            peers.await(waitNs);
        }
        shared.forEach((gear, entries) -> {
            if (!entries.await(Math.max(0, untilNs - System.nanoTime()))) {
                LOG.warn(
                        "this rack starts while NATS does not answer within snake.probe_wait: {} shares no tickets with other"
                                + " racks until it does (fluxrig_shared_up)",
                        gear);
            }
        });
    }

    /** Lets messages flow; the receiving gears run. */
    void start(IntConsumer wakeStrip) {
        leaving.forEach(wire -> wire.start(wakeStrip));
        arriving.forEach(wire -> wire.start(wakeStrip));
    }

    /** Lets what is under way get away, for a moment, and lets go of everything; the strips are gone. */
    void close() {
        if (left != null) {
            left.close();
        }
        if (peers != null) {
            peers.close();
        }
        for (List<SnakeWire> some : List.of(leaving, arriving)) {
            for (SnakeWire wire : some) {
                try {
                    wire.close();
                } catch (IOException e) {
                    LOG.error("a wire between racks was not closed in order: {}", e.toString());
                }
            }
            some.clear();
        }
        shared.values().forEach(SharedEntries::close);
        shared.clear();
        if (snake != null) {
            snake.close();
        }
    }
}
