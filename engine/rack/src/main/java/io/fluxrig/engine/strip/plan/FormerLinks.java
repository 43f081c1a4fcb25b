package io.fluxrig.engine.strip.plan;

import io.fluxrig.engine.gear.GearManifest;
import io.fluxrig.perf.clock.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;

/**
 * I/O gears that lay behind a port before its wires were changed: what was sent to them is still answered, and an answer says by the gear's
 * name where it was received.
 *
 * <pre>
 *   remembered --- the change took the gear out ---> until it has gone from every strip
 *        '-------- it stays, behind other ports ---> for as long as a request is worth something
 * </pre>
 *
 * One strip's thread.
 */
public final class FormerLinks {
    private final Clock clock;
    private final IntPredicate gone;
    private final List<Former> known = new ArrayList<>();

    private record Former(int gear, String name, long untilNs) {}

    /** @param gone whether a gear that a change took out has ended what it had begun, by its ordinal */
    public FormerLinks(Clock clock, IntPredicate gone) {
        this.clock = clock;
        this.gone = gone;
    }

    /**
     * The port leads elsewhere.
     *
     * @param before gears that lay behind it
     * @param plan that had them
     * @param asking the port's gear
     */
    void remember(int[] before, StripPlan plan, int asking) {
        forget(plan);
        long untilNs = clock.nanoTime() + worthNs(plan.gears().get(asking));
        for (int former : before) {
            known.removeIf(each -> each.gear == former);
            known.add(new Former(former, plan.gears().get(former).name(), untilNs));
        }
    }

    /** What it sends is worth what came in, at whichever port. */
    private static long worthNs(StripPlan.GearPlan gear) {
        long longest = 0;
        for (GearManifest.Port input : gear.factory().manifest().inputs()) {
            longest = Math.max(longest, gear.factory().worthNs(gear.config(), input.name()));
        }
        return longest;
    }

    /** Whether a gear of that name lay behind the port, and may still receive answers to what was sent to it. */
    boolean has(String name, StripPlan plan) {
        if (known.isEmpty()) {
            return false;
        }
        forget(plan);
        for (int i = 0; i < known.size(); i++) {
            if (known.get(i).name.equals(name)) {
                return true;
            }
        }
        return false;
    }

    private void forget(StripPlan plan) {
        long nowNs = clock.nanoTime();
        known.removeIf(
                each -> plan.gears().get(each.gear).retired() ? gone.test(each.gear) : nowNs - each.untilNs >= 0);
    }
}
