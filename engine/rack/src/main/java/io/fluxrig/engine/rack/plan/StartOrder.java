package io.fluxrig.engine.rack.plan;

import io.fluxrig.engine.gear.GearManifest;
import io.fluxrig.engine.strip.plan.StripPlan;
import io.fluxrig.engine.strip.plan.StripPlan.GearPlan;
import io.fluxrig.engine.strip.plan.StripPlan.WirePlan;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * In which order gears start: what a gear sends to starts before it, gears that bring something in start last. Among those,
 * clients dial first, then sources begin, then servers listen. Stopping goes the other way round.
 */
public final class StartOrder {
    private final StripPlan plan;
    private final List<Integer> order = new ArrayList<>();
    private final Set<Integer> seen = new HashSet<>();

    private StartOrder(StripPlan plan) {
        this.plan = plan;
    }

    /** Ordinals of all gears, first to start first. */
    public static List<Integer> of(StripPlan plan) {
        return new StartOrder(plan).order();
    }

    private List<Integer> order() {
        List<Integer> origins = new ArrayList<>();
        for (int gear = 0; gear < plan.gears().size(); gear++) {
            if (manifest(gear).origin()) {
                origins.add(gear);
                seen.add(gear);
            }
        }
        for (int gear = 0; gear < plan.gears().size(); gear++) {
            sinksFirst(gear);
        }
        origins.sort(Comparator.comparingInt(this::rank));
        order.addAll(origins);
        return List.copyOf(order);
    }

    /** Depth is bounded by the number of gears. A circle is cut where it was entered. */
    private void sinksFirst(int gear) {
        if (!seen.add(gear)) {
            return;
        }
        for (WirePlan wire : plan.wires()) {
            if (wire.fromGear() == gear) {
                sinksFirst(wire.toGear());
            }
        }
        order.add(gear);
    }

    /** Whether a gear brings messages in from the moment it starts: a server or a source; a client brings answers. */
    public static boolean bringsIn(GearPlan gear) {
        GearManifest manifest = gear.factory().manifest();
        return manifest.origin() && !(manifest.io() && !gear.given("bind"));
    }

    private int rank(int gear) {
        if (!manifest(gear).io()) {
            return 1;
        }
        return plan.gears().get(gear).given("bind") ? 2 : 0;
    }

    private GearManifest manifest(int gear) {
        return plan.gears().get(gear).factory().manifest();
    }
}
