package io.fluxrig.engine.rack.change;

import io.fluxrig.engine.config.Quantity;
import io.fluxrig.engine.rack.plan.RackPlan;
import io.fluxrig.engine.rack.plan.StartOrder;
import io.fluxrig.engine.rack.strips.RackStrips;
import io.fluxrig.engine.rack.strips.RunningPlan;
import io.fluxrig.engine.strip.Strip;
import io.fluxrig.engine.strip.plan.PlanChange;
import io.fluxrig.engine.strip.plan.StripPlan.GearPlan;
import io.vertx.core.Future;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One change from what runs to another plan, made or undone. One use.
 *
 * <pre>
 *   make -> probe -> start, clients dial -> links up? -> start servers and sources that replace others -> apply on every strip
 *     '-------'---------------'-----------------'------------------------'-> undone: nothing changed          |
 *                                                                start servers and sources that are new &lt;-----'
 * </pre>
 *
 * <p>What brings messages in starts last, so that as few as can be come in by a change that is then given up, and none by a new door to
 * gears that do not know the way back to it. Before each step the caller is asked for an objection: until the change is applied,
 * one undoes it.
 *
 * <p>Any thread; what happens to gears happens on their strips.
 */
final class ChangeAttempt {
    private final ChangeSite site;
    private final RunningPlan running;
    private final RackStrips strips;
    private final RackPlan wanted;
    private final Supplier<String> objection;
    private final PlanChange change;
    private final RackPlan after;

    /** What became of it. */
    sealed interface Result permits Applied, GivenUp, Broken {}

    /**
     * Every strip runs the plan.
     *
     * @param failing what is wrong with it already: gears that could not take over or start; empty if nothing is
     */
    record Applied(PlanChange change, String failing) implements Result {}

    /** Every strip runs what it ran before. */
    record GivenUp(String why) implements Result {}

    /** Some strip did not do as it was told: nobody can say what it runs. */
    record Broken(String why) implements Result {}

    /**
     * @param back whether it undoes one that was just made
     * @param objection why the change may not go on, null if it may; any thread
     */
    ChangeAttempt(ChangeSite site, RackPlan wanted, boolean back, Supplier<String> objection) {
        this.site = site;
        this.running = site.running();
        this.strips = site.strips();
        this.wanted = wanted;
        this.objection = objection;
        RackPlan now = running.plan();
        this.change = back
                ? PlanChange.back(now.strips(), wanted.strips())
                : PlanChange.between(now.strips(), wanted.strips());
        this.after = change.refusal() == null ? now.changed(wanted, change) : now;
    }

    /** Makes the change; the future never fails. */
    Future<Result> run() {
        String why = change.refusal() == null ? objection.get() : change.refusal();
        if (why != null) {
            return Future.succeededFuture(new GivenUp(why));
        }
        if (change.isEmpty()) {
            running.changed(after, change);
            return Future.succeededFuture(new Applied(change, ""));
        }
        running.bank().begin(wanted.scenario().specs());
        return makeReady()
                .transform(ready -> ready.succeeded() ? apply() : giveUp(ready.cause()))
                .otherwise(thrown -> new Broken(thrown.toString()));
    }

    private Future<Void> makeReady() {
        List<Integer> late = made(this::bringsIn);
        return step(() -> strips.each(strip -> strip.prepare(change))
                        .recover(cause -> Future.failedFuture(RackStrips.explain(cause, null))))
                .compose(made -> step(() -> each(made(any -> true), Strip::probe)))
                .compose(probed -> step(() -> each(made(ordinal -> !bringsIn(ordinal)), Strip::start)))
                .compose(started -> step(this::awaitLinks))
                .compose(linked ->
                        step(() -> each(late.stream().filter(change::replaces).toList(), Strip::start)))
                .compose(ready -> step(Future::succeededFuture));
    }

    private Future<Void> step(Supplier<Future<Void>> next) {
        String why = objection.get();
        return why == null ? next.get() : Future.failedFuture(why);
    }

    private Future<Void> each(List<Integer> gears, RackStrips.GearStep step) {
        return strips.eachGear(gears, step, after.gears()::get);
    }

    /** The gears to be made that are of one kind, in the order in which they start. */
    private List<Integer> made(Predicate<Integer> kind) {
        return StartOrder.of(change.after()).stream()
                .filter(change.made()::contains)
                .filter(kind)
                .toList();
    }

    private boolean bringsIn(int ordinal) {
        return StartOrder.bringsIn(change.after().gears().get(ordinal));
    }

    /** A client that replaces one whose links are up must have one of its own before traffic moves over to it. */
    private Future<Void> awaitLinks() {
        long deadlineNs = site.clock().nanoTime() + site.linksNs();
        Future<Boolean> all = Future.succeededFuture(true);
        for (int ordinal : change.made()) {
            GearPlan gear = change.after().gears().get(ordinal);
            if (change.replaces(ordinal) && gear.given("connect")) {
                all = all.compose(up -> site.polling().until(() -> linked(ordinal, gear, deadlineNs)));
            }
        }
        return all.mapEmpty();
    }

    private Future<Boolean> linked(int ordinal, GearPlan gear, long deadlineNs) {
        return strips.sum(strip -> strip.linksBeside(ordinal)).compose(up -> {
            if (up > 0 || running.bank().links().up(ordinal) == 0) {
                return Future.succeededFuture(true);
            }
            if (objection.get() != null) {
                return Future.failedFuture(objection.get());
            }
            if (site.clock().nanoTime() - deadlineNs >= 0) {
                return strips.all(strip -> strip.troubleBeside(ordinal))
                        .compose(why -> Future.failedFuture(noLink(gear, why)));
            }
            return Future.succeededFuture();
        });
    }

    /** @param why of each strip, empty where it has none of the links */
    private String noLink(GearPlan gear, List<String> why) {
        String trouble =
                why.stream().filter(each -> !each.isEmpty()).findFirst().orElse("nothing answers");
        return gear.name() + " has no link to " + gear.config().text("connect") + " after "
                + Quantity.durationText(site.linksNs()) + " (rack.reload_links): " + trouble
                + "; mend the address or the host";
    }

    private Future<Result> giveUp(Throwable cause) {
        String why = cause.getMessage();
        return strips.each(strip -> strip.discard(change)).transform(discarded -> {
            running.gaveUp(wanted, change);
            return Future.succeededFuture(
                    discarded.succeeded()
                            ? new GivenUp(why)
                            : new Broken(why + "; and it could not be undone: " + discarded.cause()));
        });
    }

    private Future<Result> apply() {
        return strips.all(strip -> strip.apply(change)).transform(applied -> {
            running.changed(after, change);
            site.sweep().begin();
            return applied.failed()
                    ? Future.succeededFuture(new Broken(applied.cause().toString()))
                    : openDoors(applied.result());
        });
    }

    /** @param failed for each strip the gears that could not take over */
    private Future<Result> openDoors(List<List<Integer>> failed) {
        String notTaken = failed.stream()
                .flatMap(List::stream)
                .distinct()
                .map(ordinal -> after.gears().get(ordinal).name() + " could not take over")
                .collect(Collectors.joining("; "));
        List<Integer> doors = made(ordinal -> bringsIn(ordinal) && !change.replaces(ordinal));
        return each(doors, Strip::start)
                .transform(started -> Future.succeededFuture(new Applied(
                        change,
                        Stream.of(notTaken, started.failed() ? started.cause().getMessage() : "")
                                .filter(text -> !text.isEmpty())
                                .collect(Collectors.joining("; ")))));
    }
}
