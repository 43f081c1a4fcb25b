package io.fluxrig.engine.rack.strips;

import io.fluxrig.engine.rack.plan.RackPlan;
import io.fluxrig.engine.rack.plan.StartOrder;
import io.fluxrig.engine.strip.StripBank;
import io.fluxrig.engine.strip.plan.PlanChange;
import io.fluxrig.engine.strip.plan.StripPlan;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * What the strips of a rack run, and where they sent before. Any thread reads it; it is turned by the change that is being made, of which
 * there is one at a time.
 */
public final class RunningPlan {
    private final StripBank bank;
    private final Set<String> goneOutputs = ConcurrentHashMap.newKeySet();
    private volatile RackPlan plan;
    private volatile List<Integer> order;

    /** @param bank made of the plan's strips */
    public RunningPlan(RackPlan plan, StripBank bank) {
        this.plan = plan;
        this.bank = bank;
        this.order = StartOrder.of(plan.strips());
    }

    /** What runs. */
    public RackPlan plan() {
        return plan;
    }

    /** Ordinals of its gears, first to start first. */
    public List<Integer> order() {
        return order;
    }

    /** The strips' shared structures: links and gears' states. */
    public StripBank bank() {
        return bank;
    }

    /** Whether a gear sent to that output port before a change, and does not any more; its metrics stay. */
    public boolean hadOnce(String gear, String port) {
        return goneOutputs.contains(gear + "." + port);
    }

    /** Every strip runs another plan now. */
    public void changed(RackPlan now, PlanChange change) {
        goneOutputs.addAll(outputs(change.before()));
        goneOutputs.removeAll(outputs(change.after()));
        bank.applied(change);
        plan = now;
        order = StartOrder.of(now.strips());
    }

    /** A change was undone on every strip; the places of the gears that it brought stay taken. */
    public void gaveUp(RackPlan wanted, PlanChange change) {
        bank.givenUp(change);
        plan = plan.without(wanted, change.givenUp());
        order = StartOrder.of(plan.strips());
    }

    private static Set<String> outputs(StripPlan plan) {
        return plan.gears().stream()
                .filter(gear -> !gear.retired())
                .flatMap(gear ->
                        gear.factory().outputsUsed(gear.config()).stream().map(port -> gear.name() + "." + port))
                .collect(Collectors.toSet());
    }
}
