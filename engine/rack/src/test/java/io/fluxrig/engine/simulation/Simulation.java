package io.fluxrig.engine.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.fluxrig.engine.gear.Gear;
import io.fluxrig.engine.gears.conductor.ConductorProbe;
import io.fluxrig.engine.gears.conductor.TicketDisk;
import io.fluxrig.engine.simulation.Scenarios.Loaded;
import io.fluxrig.engine.simulation.Scenarios.Variant;
import io.fluxrig.engine.strip.GearStatus;
import io.fluxrig.engine.strip.SimStrips;
import io.fluxrig.engine.strip.StripProbe;
import io.fluxrig.engine.strip.StripSettings;
import io.fluxrig.engine.strip.WireJournals;
import io.fluxrig.perf.clock.VirtualClock;
import io.fluxrig.transport.entry.EntrySender;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * One run: a seed, a rack of one to three strips between simulated terminals and issuers, a few seconds of virtual time with
 * faults in them, and the rules of the {@link Ledger} after every event. At the end nothing may be left: no ticket, no slab
 * record, no timer, no byte in a ring.
 */
final class Simulation {
    private static final String[] ISSUERS = {"issuer_a1", "issuer_a2", "issuer_b", "issuer_c"};
    private static final long SECOND_NS = 1_000_000_000L;
    private static final long QUIET_NS = 3 * SECOND_NS + SECOND_NS / 2;
    /** Until the log has told how many lines it left out. */
    private static final long LINES_NS = 11 * SECOND_NS;

    private static final int INDEX_CHECKED_EACH = 16;

    private final Loaded scenario;
    private final Variant variant;
    private final World world;
    private final SimStrips strips;
    private final SimNet net;
    private final Ledger ledger;
    private final Reloads reloads;
    private final int stripCount;
    private final List<Terminal> terminals = new ArrayList<>();
    private final List<Issuer> issuers = new ArrayList<>();
    private final int switchGear;
    private final TicketDisk disk = new TicketDisk();
    private int deadStrip = -1;
    private int checks;
    private long checkedNs;

    /** What a run came to; equal for equal seeds. */
    record Result(long traceHash, int requests, int told) {}

    Simulation(Scenarios scenarios, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Variant[] variants = Variant.values();
        this.variant = variants[random.nextInt(variants.length)];
        this.scenario = scenarios.of(variant);
        this.stripCount = 1 + random.nextInt(3);
        this.world = new World(random.split(), stripCount);
        this.ledger = new Ledger(variant.retainNs());
        this.net = new SimNet(
                stripCount, this::carry, linkId -> world.trace(7, linkId, new byte[0]), this::taken, this::lost);
        int ringBytes = 1 << 14 + random.nextInt(2) * 3;
        StripSettings settings =
                new StripSettings(stripCount, ringBytes, 64, 1 << 16, 10_000_000, 1 << 12, 64, 1 << 20, 0);
        scenarios.sockets().net(net);
        this.strips = new SimStrips(
                scenario.plan(),
                settings,
                scenario.scenario().specs(),
                random.nextLong(),
                new VirtualClock(),
                new WireJournals(List.of(), List.of(), List.of(), "sim/1", Map.of("switch", disk)));
        this.world.of(strips, net);
        this.reloads = new Reloads(world, strips, scenarios, variant, stripCount);
        this.switchGear = scenario.gear("switch");
        disk.holdBack();
        disk.whenSent(strip -> world.after(world.between(0, 4), () -> {
            disk.keep(strip);
            strips.bank().wake(strip);
        }));
    }

    Result run() {
        strips.start();
        int[] idleTimers = new int[stripCount];
        for (int strip = 0; strip < stripCount; strip++) {
            idleTimers[strip] = StripProbe.timersPending(strips.strip(strip));
        }
        populate();
        planFaults();
        long sendUntilNs = world.nowNs() + world.between(600, 2500);
        world.runUntil(sendUntilNs, this::check);
        boolean drain = world.chance(30);
        if (drain) {
            strips.drain();
            world.runUntil(world.nowNs() + world.between(0, 300), this::check);
        }
        terminals.forEach(Terminal::stop);
        runOut(QUIET_NS);
        runOut(LINES_NS);
        ended(idleTimers);
        return new Result(world.traceHash(), ledger.all().size(), ledger.told());
    }

    /** Until every deadline has passed and nothing is kept any more, however long the rack stands still meanwhile. */
    private void runOut(long quietNs) {
        long fromNs = world.nowNs() - world.standstillNs();
        while (world.nowNs() - world.standstillNs() - fromNs < quietNs) {
            world.runUntil(world.nowNs() + SECOND_NS / 10, this::check);
        }
    }

    private void populate() {
        Terminal.Numbers numbers = new Terminal.Numbers();
        Dialect ascii = new Dialect(scenario.scenario().specs().bySpecPath("specs/v87-ascii.yaml"));
        Dialect bcd = new Dialect(scenario.scenario().specs().bySpecPath("specs/scheme-b-bcd.yaml"));
        for (String gear : ISSUERS) {
            Dialect dialect = gear.equals("issuer_b") ? bcd : ascii;
            Issuer issuer = new Issuer(world, net, ledger, dialect, gear, scenario.gear(gear), stripCount, numbers);
            issuers.add(issuer);
            issuer.begin();
        }
        issuers.get(0).sameHostAs(issuers.get(1));
        issuers.get(3).mood(Issuer.Mood.SILENT);
        int count = 1 + world.random.nextInt(5);
        for (int i = 0; i < count; i++) {
            Terminal terminal =
                    new Terminal(world, net, ledger, ascii, scenario.gear("terminals"), stripCount, i, numbers);
            terminals.add(terminal);
            terminal.begin();
        }
    }

    private void planFaults() {
        int faults = world.random.nextInt(14);
        for (int i = 0; i < faults; i++) {
            world.after(world.between(20, 2500), this::fault);
        }
    }

    private void fault() {
        Issuer issuer = issuers.get(world.random.nextInt(3));
        switch (world.random.nextInt(14)) {
            case 0, 1, 2, 3 -> issuer.mood(Issuer.Mood.values()[world.random.nextInt(Issuer.Mood.values().length)]);
            case 4 -> issuer.hangUp(false);
            case 5 -> issuer.hangUp(true);
            case 6 -> {
                issuer.halfOpen(true);
                world.after(world.between(100, 1500), () -> issuer.halfOpen(false));
            }
            case 7 -> fill(terminals.get(world.random.nextInt(terminals.size())).link(), world.between(10, 250));
            case 8 -> issuer.links().forEach(link -> fill(link, world.between(10, 400)));
            case 9 -> standStill();
            case 11 -> reloads.begin();
            case 12 -> {
                if (variant.durable() && world.chance(50)) {
                    fillDisk(world.between(10, 200));
                } else {
                    reloads.begin();
                }
            }
            case 10 -> world.pause(world.between(50, 3000));
            default -> world.jump((world.random.nextInt(7200) - 3600) * SECOND_NS);
        }
    }

    private void standStill() {
        int strip = world.random.nextInt(stripCount);
        if (stripCount > 1 && deadStrip < 0 && world.chance(15)) {
            deadStrip = strip;
            ledger.deadStrip(strip);
            world.kill(strip);
        } else if (strip != deadStrip) {
            world.stall(strip, world.between(20, 500));
        }
    }

    /** The log takes nothing for a while. */
    private void fillDisk(long durationNs) {
        disk.says(world.chance(50) ? EntrySender.FULL : EntrySender.STALLED);
        world.after(durationNs, () -> disk.says(EntrySender.SENT));
    }

    private void fill(SimLink link, long durationNs) {
        link.full = true;
        ledger.full(link, durationNs, world.nowNs());
        world.after(durationNs, () -> {
            link.full = false;
            net.io(link.gear, link.strip).relieved(link);
        });
    }

    /** Bytes from the rack reach their peer after a while. */
    private void carry(SimLink link, byte[] bytes) {
        world.trace(8, link.id, bytes);
        long sentNs = world.nowNs();
        link.peer.onSent(link, bytes);
        world.after(world.between(0, 5), () -> {
            if (link.up) {
                link.peer.onBytes(link, bytes, sentNs);
            }
        });
    }

    private void taken(byte[] bytes) {
        ledger.taken(bytes, world.nowNs());
    }

    private void lost(SimLink link) {
        ledger.lost(link, world.nowNs());
    }

    private void check() {
        if (world.nowNs() != checkedNs) {
            checkedNs = world.nowNs();
            ledger.nobodyIsOverdue(checkedNs, world.standstillNs());
        }
        if (checks++ % INDEX_CHECKED_EACH == 0) {
            ConductorProbe.assertBooksAgree(conductors());
        }
    }

    private List<Gear> conductors() {
        List<Gear> gears = new ArrayList<>();
        for (int strip = 0; strip < stripCount; strip++) {
            gears.addAll(StripProbe.copies(strips.strip(strip), switchGear));
        }
        return gears;
    }

    private void ended(int[] idleTimers) {
        ConductorProbe.assertBooksAgree(conductors());
        for (GearStatus status : strips.bank().status()) {
            assertThat(status.failures())
                    .as("exceptions that %s let out on strip %d", status.name(), status.strip())
                    .isZero();
        }
        for (int strip = 0; strip < stripCount; strip++) {
            if (strip == deadStrip) {
                continue;
            }
            List<Gear> conductors = StripProbe.copies(strips.strip(strip), switchGear);
            for (Gear conductor : conductors) {
                assertThat(conductor.inFlight())
                        .as("in flight on strip %d", strip)
                        .isZero();
                assertThat(ConductorProbe.recordsInUse(conductor))
                        .as("slab records on strip %d", strip)
                        .isZero();
            }
            if (deadStrip < 0) { // a reload waits for a dead strip
                assertThat(conductors).as("conductors left on strip %d", strip).hasSize(1);
                assertThat(StripProbe.timersPending(strips.strip(strip)))
                        .as("timers on strip %d", strip)
                        .isEqualTo(idleTimers[strip]);
            }
            for (int to = 0; to < stripCount; to++) {
                if (to != strip && to != deadStrip) {
                    assertThat(StripProbe.ringUsedBytes(strips.bank(), strip, to))
                            .as("bytes in the ring from strip %d to %d", strip, to)
                            .isZero();
                }
            }
        }
        if (deadStrip < 0) {
            assertThat(strips.inFlight()).as("in flight in all").isZero();
            assertThat(disk.open()).as("tickets on the disk").isZero();
            strips.stop();
        }
    }
}
