package io.fluxrig.engine.strip;

import io.fluxrig.engine.gear.GearConfig;
import io.fluxrig.engine.gear.GearContext;
import io.fluxrig.engine.gear.GearManifest;
import io.fluxrig.engine.gear.GearMetrics;
import io.fluxrig.engine.gear.LinkReport;
import io.fluxrig.engine.gear.LinkView;
import io.fluxrig.engine.gear.Output;
import io.fluxrig.engine.gear.Receipts;
import io.fluxrig.engine.gear.Signal;
import io.fluxrig.engine.gear.SpecCatalog;
import io.fluxrig.engine.gear.StripSockets;
import io.fluxrig.engine.gear.Timers;
import io.fluxrig.perf.clock.Clock;
import io.fluxrig.perf.id.IdGenerator;
import java.util.List;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The world as one gear on one strip sees it. Strip thread only. */
final class StripContext implements GearContext {
    private final Strip strip;
    private final StripBank bank;
    private final int ordinal;
    private final GearSlot slot;
    private final StripPlan.GearPlan plan;
    private final Timers timers;
    private final GearMetrics metrics;
    private final Logger log;

    StripContext(Strip strip, StripBank bank, int ordinal, GearSlot slot) {
        this.strip = strip;
        this.bank = bank;
        this.ordinal = ordinal;
        this.slot = slot;
        this.plan = bank.plan().gears().get(ordinal);
        this.timers = strip.timers().of(slot);
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
        return strip.output(ordinal, port);
    }

    @Override
    public Receipts receipts(String port) {
        return strip.durables().receipts(ordinal, port);
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
        strip.atBatchEnd(slot, action);
    }

    @Override
    public boolean pressured() {
        return strip.pressured();
    }

    @Override
    public void whenRelieved(Runnable action) {
        strip.whenRelieved(slot, action);
    }

    @Override
    public void signal(Signal signal) {
        bank.signal(signal);
    }

    @Override
    public <T> T shared(Class<T> type, Supplier<T> maker) {
        return bank.shared(ordinal, type, maker);
    }

    @Override
    public LinkView linksOf(String outputPort) {
        return new WiredLinks(bank.plan(), bank.links(), ordinal, outputPort);
    }

    @Override
    public LinkReport linkReport() {
        return bank.links().report(ordinal, strip.number());
    }

    @Override
    public GearMetrics metrics() {
        return metrics;
    }

    @Override
    public SpecCatalog specs() {
        return bank.specs();
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
