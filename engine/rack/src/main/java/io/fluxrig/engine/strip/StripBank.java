package io.fluxrig.engine.strip;

import io.fluxrig.engine.gear.LinkReport;
import io.fluxrig.engine.gear.Signal;
import io.fluxrig.engine.gear.SpecCatalog;
import io.fluxrig.engine.link.LinkTable;
import io.fluxrig.engine.metrics.RackMetrics;
import io.fluxrig.engine.strip.plan.FarEnds;
import io.fluxrig.engine.strip.plan.NearEnd;
import io.fluxrig.engine.strip.plan.PlanChange;
import io.fluxrig.engine.strip.plan.StripPlan;
import io.fluxrig.engine.strip.plan.WiredLinks;
import io.fluxrig.perf.id.IdCeiling;
import io.fluxrig.transport.lane.TurboWire;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * All strips of one running rack and what they share: the plan, the rings between them, the links' states, structures that
 * a gear's copies have in common. Made once, before the strips; a {@link PlanChange} gets it from one scenario to the next.
 *
 * <p>Threading: any thread. A ring's ends belong to its two strips.
 */
public final class StripBank {
    private final StripSettings settings;
    private final SpecHistory specs;
    private final RackMetrics metrics;
    private final WireJournals journals;
    private final IdCeiling ids;
    private final LinkTable links;
    private final FarEnds farEnds;
    private final TurboWire[] wires;
    private final AtomicReferenceArray<Strip> strips;
    private final Map<SharedKey, Object> shared = new ConcurrentHashMap<>();
    private volatile StripPlan plan;
    private final AtomicInteger revision = new AtomicInteger();

    private record SharedKey(int gear, int revision, Class<?> type) {}

    /** A plan without durable wires. */
    public StripBank(StripPlan plan, StripSettings settings, SpecCatalog specs, RackMetrics metrics) {
        this(plan, settings, specs, metrics, WireJournals.NONE);
    }

    /** Of messages whose ids nobody remembers. */
    public StripBank(
            StripPlan plan, StripSettings settings, SpecCatalog specs, RackMetrics metrics, WireJournals journals) {
        this(plan, settings, specs, metrics, journals, IdCeiling.none());
    }

    /**
     * @param journals of the plan's durable wires; open, and not this bank's to close
     * @param ids between which ticks ids of messages are
     */
    public StripBank(
            StripPlan plan,
            StripSettings settings,
            SpecCatalog specs,
            RackMetrics metrics,
            WireJournals journals,
            IdCeiling ids) {
        if (!journals.fit(plan)) {
            throw new IllegalArgumentException(
                    "a wire of " + plan.scenario() + " that is more than memory has no journal or carrier");
        }
        this.journals = journals;
        this.ids = ids;
        this.plan = plan;
        this.settings = settings;
        this.specs = new SpecHistory(specs);
        this.metrics = metrics;
        this.farEnds = FarEnds.of(plan);
        this.links = new LinkTable(StripPlan.GEARS_MAX + farEnds.count(), settings.strips());
        this.strips = new AtomicReferenceArray<>(settings.strips());
        this.wires = new TurboWire[settings.strips() * settings.strips()];
        for (int i = 0; i < wires.length; i++) {
            boolean toItself = i / settings.strips() == i % settings.strips();
            wires[i] = toItself ? null : new TurboWire(settings.ringBytes());
        }
    }

    /**
     * Makes the strip of that number, which nothing enters until it is built and started. Called once for each number, on any
     * thread.
     */
    public Strip open(int strip, StripHost host) {
        Strip opened = new Strip(this, strip, host);
        if (!strips.compareAndSet(strip, null, opened)) {
            throw new IllegalStateException("strip " + strip + " is open already");
        }
        return opened;
    }

    public StripPlan plan() {
        return plan;
    }

    public StripSettings settings() {
        return settings;
    }

    public LinkTable links() {
        return links;
    }

    /** Connections up behind a gear's output port, as that gear's {@code linksOf} sees them. Any thread. */
    public int linksUp(int gear, String outputPort) {
        return behind(gear, outputPort).up();
    }

    /** Whether a gear's output port leads to another rack. Any thread. */
    public boolean leadsAway(int gear, String outputPort) {
        return behind(gear, outputPort).leadsAway();
    }

    private WiredLinks behind(int gear, String outputPort) {
        return new WiredLinks(plan, links, farEnds, gear, outputPort);
    }

    /**
     * The end at which is reported how many racks can serve the far end of wires that leave; it is down from now on until that is
     * more than none.
     *
     * @param subject of the far end, of a wire of this plan
     */
    public LinkReport farEnd(String subject) {
        return links.report(farEnds.place(subject), 0);
    }

    /**
     * Says whether what stands behind the near end of wires from other racks can serve, each time it is asked; by one thread.
     *
     * @param subject of the near end
     */
    public BooleanSupplier nearEnd(String subject) {
        NearEnd end = new NearEnd(links, farEnds, subject);
        return () -> end.serves(plan);
    }

    FarEnds farEnds() {
        return farEnds;
    }

    /** How every gear's copy on every strip that is open is doing. */
    public List<GearStatus> status() {
        List<GearStatus> all = new ArrayList<>();
        for (int i = 0; i < strips.length(); i++) {
            Strip strip = strips.get(i);
            if (strip != null) {
                all.addAll(strip.status());
            }
        }
        return all;
    }

    /** Tells every gear on every open strip. */
    public void signal(Signal signal) {
        for (int i = 0; i < strips.length(); i++) {
            Strip strip = strips.get(i);
            if (strip != null) {
                strip.post(signal);
            }
        }
    }

    /** Whether a gear that a change took out has ended everything, on every strip. Any thread. */
    boolean gone(int gear) {
        for (int i = 0; i < strips.length(); i++) {
            Strip strip = strips.get(i);
            if (strip != null && !strip.gone(gear)) {
                return false;
            }
        }
        return true;
    }

    SpecHistory specs() {
        return specs;
    }

    /**
     * A change is about to be made: gears are made under its dialects from now on. Before any strip's {@link Strip#prepare}; one
     * change at a time, each ended by {@link #applied} or {@link #givenUp}.
     */
    public void begin(SpecCatalog newest) {
        specs.begin(newest);
        revision.incrementAndGet();
    }

    /** Every strip has applied the change. */
    public void applied(PlanChange change) {
        specs.enter();
        plan = change.after();
    }

    /** Every strip has discarded the change. */
    public void givenUp(PlanChange change) {
        specs.giveUp();
        plan = change.givenUp().after();
    }

    /** Rises with every change that was tried. */
    int revision() {
        return revision.get();
    }

    RackMetrics metrics() {
        return metrics;
    }

    IdCeiling ids() {
        return ids;
    }

    WireJournals journals() {
        return journals;
    }

    TurboWire wire(int from, int to) {
        return wires[from * settings.strips() + to];
    }

    int messageLengthMax() {
        return wire(0, 1).messageLengthMax();
    }

    /** Has a strip look at its rings soon. Any thread. */
    public void wake(int strip) {
        Strip target = strips.get(strip);
        if (target != null) {
            target.wake();
        }
    }

    void wakeIfPressured(int strip) {
        Strip target = strips.get(strip);
        if (target != null && target.pressured()) {
            target.wake();
        }
    }

    <T> T shared(int gear, int inRevision, Class<T> type, Supplier<T> maker) {
        return type.cast(shared.computeIfAbsent(new SharedKey(gear, inRevision, type), key -> maker.get()));
    }

    void forgetShared(int gear, int inRevision) {
        shared.keySet().removeIf(key -> key.gear() == gear && key.revision() == inRevision);
    }
}
