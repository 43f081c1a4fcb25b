package io.fluxrig.engine.rack.change;

import io.fluxrig.engine.rack.trial.Comparison;
import io.fluxrig.engine.strip.GearStatus;
import io.fluxrig.engine.strip.plan.PlanChange;
import io.vertx.core.Future;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Watches what a change made for {@code rack.reload_trial}: whether a gear lets out exceptions, and whether something does worse than
 * before ({@link Comparison}). Exceptions are those of the copy of each gear that is in front, by its place in the plan: what a predecessor
 * lets out is nobody's fault but its own. Any thread.
 */
final class Trial {
    private static final long JUDGE_NS = 200_000_000L;

    private final ChangeSite site;
    private final PlanChange change;
    private final Supplier<String> objection;
    private final Comparison comparison;
    private long judgedNs;
    private boolean cutShort;

    /**
     * Reads many counters, as its looks do, and so nowhere but aside.
     *
     * @param objection why the rack is not to change any more, null if it may: ends the trial, for there is no going back then
     */
    Trial(ChangeSite site, PlanChange change, Supplier<String> objection) {
        this.site = site;
        this.change = change;
        this.objection = objection;
        this.comparison = site.watch().compare(change, site.clock().nanoTime(), site.trialNs());
    }

    /** What fails; empty if none did until the trial was over. */
    Future<String> run() {
        long endNs = site.clock().nanoTime() + site.trialNs();
        return site.polling().until(() -> site.polling().aside(() -> verdict(endNs)));
    }

    /** Whether it ended, with nothing that fails, because the rack is not to change any more; once it is over. */
    boolean isCutShort() {
        return cutShort;
    }

    /** What ran before the change runs again. */
    void wentBack() {
        site.watch().wentBack(comparison);
    }

    private String verdict(long endNs) {
        if (objection.get() != null) {
            cutShort = true;
            return "";
        }
        long now = site.clock().nanoTime();
        comparison.look(now);
        boolean over = now - endNs >= 0;
        String failing = Stream.of(failing(), over || isDue(now) ? comparison.objections(now) : "")
                .filter(text -> !text.isEmpty())
                .collect(Collectors.joining("; "));
        return over || !failing.isEmpty() ? failing : null;
    }

    /** Whether it is time to compare: often enough, and not at each poll. */
    private boolean isDue(long now) {
        boolean due = comparison.isSettled(now) && (judgedNs == 0 || now - judgedNs >= JUDGE_NS);
        if (due) {
            judgedNs = now;
        }
        return due;
    }

    private String failing() {
        String names = site.running().bank().status().stream()
                .filter(gear -> gear.failing() && change.made().contains(gear.ordinal()))
                .map(GearStatus::name)
                .distinct()
                .collect(Collectors.joining(", "));
        return names.isEmpty() ? "" : "gears " + names;
    }
}
