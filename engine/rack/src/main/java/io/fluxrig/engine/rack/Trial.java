package io.fluxrig.engine.rack;

import io.fluxrig.engine.strip.GearStatus;
import io.fluxrig.engine.strip.PlanChange;
import io.vertx.core.Future;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Watches what a change made for {@code rack.reload_trial}. What is looked at is the copy of each gear that is in front, by its place
 * in the plan: what a predecessor lets out is nobody's fault but its own. Any thread.
 */
final class Trial {
    private final ChangeSite site;
    private final PlanChange change;
    private final Supplier<String> objection;

    /** @param objection why the rack is not to change any more, null if it may: ends the trial, for there is no going back then */
    Trial(ChangeSite site, PlanChange change, Supplier<String> objection) {
        this.site = site;
        this.change = change;
        this.objection = objection;
    }

    /** Which gears fail; empty if none did until the trial was over. */
    Future<String> run() {
        long endNs = site.clock().nanoTime() + site.trialNs();
        return site.polling().until(() -> Future.succeededFuture(verdict(endNs)));
    }

    private String verdict(long endNs) {
        String failing = objection.get() == null ? failing() : "";
        boolean over = objection.get() != null || site.clock().nanoTime() - endNs >= 0;
        return over || !failing.isEmpty() ? failing : null;
    }

    private String failing() {
        String names = site.supervisor().bank().status().stream()
                .filter(gear -> gear.failing() && change.made().contains(gear.ordinal()))
                .map(GearStatus::name)
                .distinct()
                .collect(Collectors.joining(", "));
        return names.isEmpty() ? "" : "gears " + names;
    }
}
