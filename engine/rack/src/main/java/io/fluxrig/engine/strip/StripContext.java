package io.fluxrig.engine.strip;

import io.fluxrig.engine.gear.Gear;
import io.fluxrig.engine.gear.GearConfig;
import io.fluxrig.engine.gear.GearContext;
import io.fluxrig.engine.gear.GearManifest;
import io.fluxrig.engine.gear.GearMetrics;
import io.fluxrig.engine.gear.Ledger;
import io.fluxrig.engine.gear.LinkReport;
import io.fluxrig.engine.gear.LinkView;
import io.fluxrig.engine.gear.Output;
import io.fluxrig.engine.gear.Receipts;
import io.fluxrig.engine.gear.Signal;
import io.fluxrig.engine.gear.SpecCatalog;
import io.fluxrig.engine.gear.StripSockets;
import io.fluxrig.engine.gear.Timers;
import io.fluxrig.engine.strip.plan.Addressees;
import io.fluxrig.engine.strip.plan.FormerLinks;
import io.fluxrig.engine.strip.plan.StripPlan;
import io.fluxrig.engine.strip.plan.WiredLinks;
import io.fluxrig.perf.clock.Clock;
import io.fluxrig.perf.id.IdGenerator;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The world as one gear on one strip sees it. Strip thread only. */
final class StripContext implements GearContext {
    private final Strip strip;
    private final StripBank bank;
    private final int ordinal;
    private final Seat seat;
    private final StripPlan.GearPlan plan;
    private final SpecCatalog specs;
    private final int revision;
    private final List<WireOutput> outputs = new ArrayList<>();
    private final List<WiredLinks> links = new ArrayList<>();
    private final SlotLinks report;
    private final Timers timers;
    private final GearMetrics metrics;
    private final Logger log;

    private StripPlan wires;
    /** Gears that are offered what this one is; null unless it has asked. */
    private BitSet beside;
    /** Null where there is none, and once this copy has taken over or was stopped: nobody keeps a chain of those that went. */
    private Gear predecessor;

    /**
     * @param seat of the gear that is being made
     * @param predecessor the gear in front, which it is to succeed; null if there is none
     * @param wires where the gear's outputs lead, and what it is
     * @param revision of the plan in which the gear was made: copies of one gear share what they share within it
     */
    StripContext(
            Strip strip,
            StripBank bank,
            int ordinal,
            Seat seat,
            Gear predecessor,
            StripPlan wires,
            SpecCatalog specs,
            int revision) {
        this.strip = strip;
        this.bank = bank;
        this.ordinal = ordinal;
        this.seat = seat;
        this.predecessor = predecessor;
        this.wires = wires;
        this.plan = wires.gears().get(ordinal);
        this.specs = specs;
        this.revision = revision;
        this.report = new SlotLinks(bank.links(), ordinal, strip.number(), predecessor == null);
        this.timers = strip.timers().of(seat);
        this.metrics = bank.metrics().gear(plan.name(), strip.number());
        this.log = LoggerFactory.getLogger("gear." + plan.name());
    }

    @Override
    public String name() {
        return plan.name();
    }

    @Override
    public int ordinal() {
        return ordinal;
    }

    @Override
    public int strip() {
        return strip.number();
    }

    @Override
    public int stripCount() {
        return bank.settings().strips();
    }

    @Override
    public GearConfig config() {
        return plan.config();
    }

    @Override
    public boolean ticketsElsewhere() {
        return !wires.arriving().isEmpty();
    }

    @Override
    public Clock clock() {
        return strip.host().clock();
    }

    @Override
    public Timers timers() {
        return timers;
    }

    @Override
    public IdGenerator ids() {
        return strip.ids();
    }

    @Override
    public Output output(String port) {
        WireOutput hot = new WireOutput(strip, ordinal, port);
        hot.wire(wires);
        outputs.add(hot);
        DurableOutlet outlet = strip.durables().outlet(ordinal, port);
        return outlet == null ? hot : new DurableOutput(strip, ordinal, outlet, hot);
    }

    @Override
    public Gear predecessor() {
        return predecessor;
    }

    /** Leads the outputs, and the look at the links behind them, where another plan says. */
    void rewire(StripPlan plan) {
        wires = plan;
        outputs.forEach(output -> output.wire(plan));
        links.forEach(view -> view.rewire(plan));
        if (beside != null) {
            beside = Addressees.beside(plan, ordinal);
        }
    }

    /** The same for a gear that has a successor or none: what its ports led to stays where the plan does not know them. */
    void rewireOutputs(StripPlan plan) {
        outputs.forEach(output -> output.wireIfKnown(plan));
        links.forEach(view -> view.rewireIfKnown(plan));
    }

    /** Connections that the gear reports as up on this strip. */
    int linksUp() {
        return report.up();
    }

    /** Why the gear had no connection on this strip when it said so last; empty if it never did. */
    String linkTrouble() {
        return report.trouble();
    }

    /** From now on what this copy reports of its links is what others see, and no more what the other does. */
    void overtakeLinks(StripContext other) {
        report.overtake(other.report);
    }

    /** Nobody sees what it reports any more. */
    void withdrawLinks() {
        report.withdraw();
    }

    void forgetPredecessor() {
        predecessor = null;
    }

    /** The copy was stopped: whatever would still call it lets go of it, and what the copies share is not found any more. */
    void forget() {
        forgetPredecessor();
        strip.timers().forget(seat);
        strip.durables().forget(seat);
        bank.forgetShared(ordinal, revision);
    }

    @Override
    public Ledger ledger() {
        return strip.durables().ledger(ordinal, seat);
    }

    @Override
    public Receipts receipts(String port) {
        return strip.durables().receipts(ordinal, port, seat);
    }

    @Override
    public Output peer(int toStrip, String inputPort) {
        List<GearManifest.Port> inputs = plan.factory().manifest().inputs();
        for (int i = 0; i < inputs.size(); i++) {
            if (inputs.get(i).name().equals(inputPort)) {
                return strip.peer(toStrip, ordinal, i);
            }
        }
        throw new IllegalArgumentException("gear " + plan.name() + " has no input " + inputPort);
    }

    @Override
    public void atBatchEnd(Runnable action) {
        strip.atBatchEnd(seat, action);
    }

    @Override
    public boolean pressured() {
        return strip.pressured();
    }

    @Override
    public void whenRelieved(Runnable action) {
        strip.whenRelieved(seat, action);
    }

    @Override
    public void signal(Signal signal) {
        bank.signal(signal);
    }

    @Override
    public <T> T shared(Class<T> type, Supplier<T> maker) {
        return bank.shared(ordinal, revision, type, maker);
    }

    @Override
    public LinkView linksOf(String outputPort) {
        FormerLinks former = new FormerLinks(strip.host().clock(), bank::gone);
        WiredLinks view = new WiredLinks(wires, bank.links(), bank.farEnds(), former, ordinal, outputPort);
        links.add(view);
        return view;
    }

    @Override
    public IntPredicate offeredTo() {
        beside = Addressees.beside(wires, ordinal);
        return other -> beside.get(other);
    }

    @Override
    public LinkReport linkReport() {
        return report.begin();
    }

    @Override
    public GearMetrics metrics() {
        return metrics;
    }

    @Override
    public SpecCatalog specs() {
        return specs;
    }

    @Override
    public StripSockets sockets() {
        return strip.host().sockets();
    }

    @Override
    public Logger log() {
        return log;
    }
}
