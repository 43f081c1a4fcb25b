package io.fluxrig.engine.gears.conductor;

import io.fluxrig.engine.gear.ConfigFaults;
import io.fluxrig.engine.gear.GearContext;
import io.fluxrig.engine.gears.conductor.config.ConductorConfig;
import io.fluxrig.engine.gears.conductor.config.ConductorConfigReader;
import io.fluxrig.engine.gears.conductor.config.TableFiles;
import io.fluxrig.engine.gears.conductor.route.BinTable;
import io.fluxrig.engine.gears.conductor.route.Breaker;
import io.fluxrig.engine.gears.conductor.ticket.TicketIndex;
import io.fluxrig.perf.buffer.Bytes;
import io.fluxrig.perf.count.Level;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * What all strips' copies of one conductor share: configuration and BIN tables (immutable), the ticket index, a breaker for
 * each destination, and the numbers in flight.
 *
 * <p>Threading: any strip. Index and breakers say themselves how they are shared. A number in flight is written by its own
 * strip only and read by the others, each a cache line apart; a sum over strips is exact but for messages being handled at
 * that moment.
 */
final class ConductorShared {
    private static final SecureRandom RANDOM = new SecureRandom();

    private final ConductorConfig config;
    private final Map<Path, BinTable> tables;
    private final TicketIndex index;
    private final List<String> destinations;
    private final Breaker[] breakers;
    private final AtomicReferenceArray<Level> inFlight;
    private final AtomicReferenceArray<Level> open;
    private final int strips;
    /** Of a conductor that was replaced: what each strip's copy still held when it looked last, at first more than nothing. */
    private final AtomicIntegerArray held;

    private final long identitySeed = RANDOM.nextLong();
    private Restored restored = Restored.NOTHING;

    private ConductorShared(ConductorConfig config, Map<Path, BinTable> tables, int strips, long nowNs) {
        this.config = config;
        this.tables = tables;
        this.strips = strips;
        this.index = strips == 1 ? null : new TicketIndex(config.inFlightMax() + (long) config.retainMax() * strips);
        this.destinations = config.destinations();
        this.breakers = new Breaker[destinations.size()];
        for (int i = 0; i < breakers.length; i++) {
            breakers[i] = new Breaker(config.tripAfter(), config.cooldownNs(), config.probes(), nowNs);
        }
        this.inFlight = new AtomicReferenceArray<>(destinations.size() * strips);
        this.open = new AtomicReferenceArray<>(strips);
        this.held = new AtomicIntegerArray(strips);
        for (int strip = 0; strip < strips; strip++) {
            held.set(strip, 1);
        }
    }

    /** Made by the first strip that asks; the configuration was checked before. */
    static ConductorShared of(GearContext context) {
        ConfigFaults none = new ConfigFaults() {
            @Override
            public void error(String key, String what, String fix) {
                throw new IllegalStateException(context.config().where(key) + ": " + key + " " + what + "; " + fix);
            }

            @Override
            public void warning(String key, String what, String fix) {
                context.log().debug("{}: {} {}", context.config().where(key), key, what);
            }
        };
        ConductorConfig config = ConductorConfigReader.read(context.config(), none);
        Map<Path, BinTable> tables = TableFiles.load(config, none);
        ConductorShared shared = new ConductorShared(
                config, tables, context.stripCount(), context.clock().nanoTime());
        shared.restored = Restored.of(context, shared);
        return shared;
    }

    /** What the run before had not ended. */
    Restored restored() {
        return restored;
    }

    /** From where a strip's copy counts what it writes to the disk: nobody else, in this run or another, counts over it. */
    long firstEntry(int strip) {
        return Bytes.mix64(identitySeed ^ strip + 1L << Integer.SIZE);
    }

    ConductorConfig config() {
        return config;
    }

    BinTable table(Path file) {
        return tables.get(file);
    }

    /** What requests are hashed with to tell retransmissions; known to nobody outside. */
    long identitySeed() {
        return identitySeed;
    }

    /** Null on a single strip, where nobody else can hold a ticket. */
    TicketIndex index() {
        return index;
    }

    /** Output ports of the destinations; a destination is known by its place in this list. */
    List<String> destinations() {
        return destinations;
    }

    Breaker breaker(int destination) {
        return breakers[destination];
    }

    /** A strip's own numbers, made known to the others. */
    void publish(int strip, Level ownOpen, Level[] ownInFlight) {
        open.set(strip, ownOpen);
        for (int i = 0; i < ownInFlight.length; i++) {
            inFlight.set(i * strips + strip, ownInFlight[i]);
        }
    }

    /** Requests at a destination, of all strips. */
    long inFlight(int destination) {
        long sum = 0;
        for (int strip = 0; strip < strips; strip++) {
            Level level = inFlight.get(destination * strips + strip);
            sum += level == null ? 0 : level.get();
        }
        return sum;
    }

    /** Takes what a strip's copy holds; whether no copy holds anything. */
    boolean spent(int strip, int holds) {
        held.set(strip, holds);
        for (int i = 0; i < strips; i++) {
            if (held.get(i) != 0) {
                return false;
            }
        }
        return true;
    }

    /** Tickets open on all strips. */
    long open() {
        long sum = 0;
        for (int strip = 0; strip < strips; strip++) {
            Level level = open.get(strip);
            sum += level == null ? 0 : level.get();
        }
        return sum;
    }
}
