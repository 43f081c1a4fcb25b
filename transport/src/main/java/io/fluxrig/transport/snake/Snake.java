package io.fluxrig.transport.snake;

import io.fluxrig.perf.clock.Clock;
import io.fluxrig.transport.ends.WireRings;
import io.fluxrig.transport.entry.EntryRings;
import io.fluxrig.transport.journal.Journal;
import io.fluxrig.transport.journal.store.JournalException;
import io.fluxrig.transport.snake.entry.EntrySettings;
import io.fluxrig.transport.snake.entry.SharedEntries;
import io.fluxrig.transport.snake.nats.Bus;
import io.fluxrig.transport.snake.nats.NatsBus;
import io.fluxrig.transport.snake.nats.SnakeSettings;
import io.fluxrig.transport.snake.peer.Peers;
import io.fluxrig.transport.snake.seal.SnakeKey;
import io.fluxrig.transport.snake.seal.WireKeys;
import io.fluxrig.transport.snake.wire.SnakeWire;
import io.fluxrig.transport.snake.wire.SnakeWires;
import java.security.SecureRandom;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A rack's connection to NATS and the wires on it. The connection is made when there is a server to be had, and again whenever it
 * was lost; wires hold what they have until then.
 *
 * <pre>
 *   strip --ring--> journal --> wire's thread ==seal==> stream ==open==> wire's thread --> journal --ring--> strip
 *                      ^                                                      |
 *                      '-- forgets <------- confirmation <---- is kept -------'
 * </pre>
 *
 * <p>Without confirmations there are rings only where the journals stand. Threading: owner only, but {@link #connected}.
 */
public final class Snake implements AutoCloseable {
    /** Where the subjects of all messages begin. */
    static final String MESSAGES = "flux.msg.";

    private static final Logger LOG = LoggerFactory.getLogger(Snake.class);

    private final SnakeSettings settings;
    private final WireKeys keys;
    private final Clock clock;
    private final SecureRandom random;
    private final NatsBus bus;
    private final SnakeWires wires;

    private Snake(SnakeSettings settings, WireKeys keys, Clock clock, SecureRandom random) {
        this.settings = settings;
        this.keys = keys;
        this.clock = clock;
        this.random = random;
        this.bus = new NatsBus(settings, clock);
        this.wires = new SnakeWires(settings, bus, keys, clock, random);
    }

    /**
     * Connects to nobody before {@link #start}.
     *
     * @param keys those that all racks share
     */
    public static Snake open(SnakeSettings settings, WireKeys keys, Clock clock, SecureRandom random) {
        return new Snake(settings, keys, clock, random);
    }

    /** The subject of a receiving gear's port; {@code rack} is a rack's or a group's name. */
    public static String subject(String rack, String gear, String port) {
        return MESSAGES + rack + "." + gear + "." + port;
    }

    /** The bucket in which the racks of a scenario share what gears of that name keep. */
    public static String bucket(String scenario, String gear) {
        return "flux-" + gear + "-OF-" + scenario; // no name has capitals: no two buckets are the same
    }

    /** What the stream calls the receivers of a subject. */
    public static String consumer(String subject) {
        return subject.substring(MESSAGES.length()).replace('.', '+');
    }

    /** The sending end of a wire with {@code confirm: receiver}; closes the journal, an outgoing one. */
    public SnakeWire leaving(String subject, Journal journal) {
        return wires.leaving(subject, journal);
    }

    /** The sending end of a wire with {@code confirm: broker}. */
    public SnakeWire leaving(String subject, WireRings rings) {
        return wires.leaving(subject, rings);
    }

    /**
     * The receiving end of a wire with {@code confirm: receiver}; closes the journal, an incoming one.
     *
     * @param shared whether other racks may take from the wire, too
     */
    public SnakeWire arriving(String subject, boolean shared, Journal journal, int strips) throws JournalException {
        return wires.arriving(subject, consumer(subject), shared, journal, strips);
    }

    /** The same of a wire with {@code confirm: broker}; what it has seen is known to this process only. */
    public SnakeWire arriving(String subject, boolean shared, WireRings rings) {
        return wires.arriving(subject, consumer(subject), shared, rings);
    }

    /** Entries that strips share with those of other racks; their thread is of its own, and the names of buckets are nobody else's. */
    public SharedEntries shared(EntrySettings entries, int strips, int ringBytes) {
        return new SharedEntries(
                entries, new EntryRings(strips, ringBytes), bus, settings.rack(), new SnakeKey(keys), random, clock);
    }

    /** Looks what waits for this rack under other subjects; to be started before {@link #start} and closed before {@link #close}. */
    public LeftBehind leftBehind(Set<String> taken, Consumer<Map<String, Long>> found) {
        return new LeftBehind(bus, settings.rack(), taken, found);
    }

    /** Begins to connect; returns at once. */
    public void start() {
        bus.start();
    }

    /** Whether there is a connection now. */
    public boolean connected() {
        return bus.connection() != Bus.DOWN;
    }

    /** Connections lost since the start. */
    public long disconnects() {
        return bus.disconnects();
    }

    /** Lets go of the connection; the wires are closed. */
    @Override
    public void close() {
        bus.close();
    }

    /** Heartbeats to and from other racks; to be started before {@link #start} and closed before {@link #close}. */
    public Peers peers(long intervalNs) {
        return new Peers(settings.rack(), bus, new SnakeKey(keys), new SnakeKey(keys), intervalNs, clock, LOG);
    }
}
