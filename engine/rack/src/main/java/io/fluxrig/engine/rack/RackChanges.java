package io.fluxrig.engine.rack;

import io.fluxrig.engine.config.NodeConfig;
import io.fluxrig.engine.config.NodeKeys;
import io.fluxrig.engine.config.Quantity;
import io.fluxrig.engine.strip.GearStatus;
import io.fluxrig.engine.strip.PlanChange;
import io.fluxrig.engine.strip.Strip;
import io.fluxrig.engine.strip.StripPlan.GearPlan;
import io.fluxrig.perf.clock.Clock;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gets a running rack from one scenario to the next: gears and sockets that are the same run on, the others are made and started
 * beside what runs, then traffic moves over between two messages, and what was replaced ends what it had begun.
 *
 * <pre>
 *   make -> probe -> start -> links up? -> apply on every strip -> trial -> (what went is stopped as it is spent)
 *     '-------'--------'----------'-> discard: nothing changed       '-> the plan before, as a change of its own
 * </pre>
 *
 * <p>One change at a time, its trial included. Threading: any thread; what happens to gears happens on their strips.
 */
public final class RackChanges {
    private static final Logger LOG = LoggerFactory.getLogger(RackChanges.class);
    private static final long LOOK_MS = 20;
    private static final long SWEEP_MS = 100;

    private final Vertx vertx;
    private final RackSupervisor supervisor;
    private final RackStrips strips;
    private final Clock clock;
    private final long linksNs;
    private final long trialNs;
    private final AtomicBoolean busy = new AtomicBoolean();
    private volatile Report last = Report.NONE;
    private volatile RackPlan loaded;
    /** Changes since the last sweep that found nothing left; whoever raises it from 0 sweeps. */
    private final AtomicInteger toSweep = new AtomicInteger();

    /**
     * How the last change ended.
     *
     * @param number how many ended so far
     * @param outcome one word: {@code none}, {@code unchanged}, {@code changed}, {@code refused},
     *     {@code bad_config}, {@code rolled_back}
     * @param text what changed, or why it did not; for people
     */
    public record Report(int number, String outcome, String text) {
        static final Report NONE = new Report(0, "none", "");

        /** Whether the scenario asked for is the one that runs. */
        public boolean ok() {
            return outcome.equals("changed") || outcome.equals("unchanged");
        }
    }

    RackChanges(Vertx vertx, RackSupervisor supervisor, RackStrips strips, NodeConfig config, Clock clock) {
        this.vertx = vertx;
        this.supervisor = supervisor;
        this.strips = strips;
        this.clock = clock;
        this.linksNs = config.durationNs(NodeKeys.RACK_RELOAD_LINKS);
        this.trialNs = config.durationNs(NodeKeys.RACK_RELOAD_TRIAL);
        this.loaded = supervisor.plan();
    }

    /** How the last change ended; while one is on trial, the one before. */
    public Report last() {
        return last;
    }

    /** A scenario that did not even load was asked for. */
    Report badConfig(String why) {
        return end("bad_config", why);
    }

    Report refuse(String why) {
        return end("refused", why);
    }

    /** Changes the rack to a plan of its own name; the future never fails, the report says what became of it. */
    public Future<Report> change(RackPlan wanted) {
        if (supervisor.state() != RackState.RUNNING) {
            return Future.succeededFuture(
                    refuse("the rack is " + supervisor.state().word()));
        }
        if (!busy.compareAndSet(false, true)) {
            return Future.succeededFuture(refuse("another change is being made or on trial; try again"));
        }
        RackPlan before = loaded;
        return attempt(wanted)
                .compose(change -> change.isEmpty() ? unchanged(wanted) : onTrial(before, wanted, change))
                .otherwise(cause -> refuse(cause.getMessage() + "; what ran before runs on"))
                .onComplete(done -> busy.set(false));
    }

    private Future<Report> unchanged(RackPlan wanted) {
        loaded = wanted;
        return Future.succeededFuture(end("unchanged", title(wanted) + " is what runs"));
    }

    /** Makes the change, or fails having undone it. */
    private Future<PlanChange> attempt(RackPlan wanted) {
        PlanChange change = PlanChange.between(supervisor.plan().strips(), wanted.strips());
        if (change.refusal() != null) {
            return Future.failedFuture(change.refusal());
        }
        RackPlan after = supervisor.plan().changed(wanted, change);
        if (change.isEmpty()) {
            supervisor.changed(after, change);
            return Future.succeededFuture(change);
        }
        List<Integer> order = StartOrder.of(change.after()).stream()
                .filter(change.made()::contains)
                .toList();
        supervisor.bank().begin(wanted.scenario().specs());
        return strips.each(strip -> strip.prepare(change))
                .recover(cause -> Future.failedFuture(RackStrips.explain(cause, null)))
                .compose(made -> strips.eachGear(order, Strip::probe, after.gears()::get))
                .compose(probed -> strips.eachGear(order, Strip::start, after.gears()::get))
                .compose(started -> awaitLinks(change, clock.nanoTime() + linksNs))
                .recover(cause -> giveUp(wanted, change).transform(discarded -> Future.failedFuture(cause)))
                .compose(ready -> strips.each(strip -> strip.apply(change)))
                .map(applied -> {
                    supervisor.changed(after, change);
                    sweep();
                    return change;
                });
    }

    private Future<Void> giveUp(RackPlan wanted, PlanChange change) {
        PlanChange left = change.givenUp();
        return strips.each(strip -> strip.discard(change))
                .onComplete(discarded -> supervisor.changed(supervisor.plan().without(wanted, left), left));
    }

    /** A client that replaces one whose links are up must have one of its own before traffic moves over to it. */
    private Future<Void> awaitLinks(PlanChange change, long deadlineNs) {
        Future<Void> all = Future.succeededFuture();
        for (int ordinal : change.made()) {
            GearPlan gear = change.after().gears().get(ordinal);
            if (change.replaces(ordinal) && gear.given("connect")) {
                all = all.compose(up -> awaitLink(ordinal, gear, deadlineNs));
            }
        }
        return all;
    }

    private Future<Void> awaitLink(int ordinal, GearPlan gear, long deadlineNs) {
        return strips.sum(strip -> strip.linksBeside(ordinal)).compose(up -> {
            if (up > 0 || supervisor.bank().links().up(ordinal) == 0) {
                return Future.succeededFuture();
            }
            if (clock.nanoTime() - deadlineNs >= 0) {
                return Future.failedFuture(new RackStartException(
                        gear.name() + " has no link to " + gear.config().text("connect") + " after "
                                + Quantity.durationText(linksNs) + " (rack.reload_links): the log says why; mend the"
                                + " address or the host",
                        null));
            }
            return after(LOOK_MS).compose(later -> awaitLink(ordinal, gear, deadlineNs));
        });
    }

    private Future<Void> after(long ms) {
        Promise<Void> promise = Promise.promise();
        vertx.setTimer(ms, timer -> promise.complete());
        return promise.future();
    }

    private Future<Report> onTrial(RackPlan before, RackPlan wanted, PlanChange change) {
        loaded = wanted;
        LOG.info(
                "{} runs now, on trial for {} (rack.reload_trial); {}",
                title(wanted),
                Quantity.durationText(trialNs),
                change.describe());
        Promise<Report> promise = Promise.promise();
        watch(before, wanted, change, clock.nanoTime() + trialNs, promise);
        return promise.future();
    }

    private void watch(RackPlan before, RackPlan wanted, PlanChange change, long endNs, Promise<Report> promise) {
        String failing = failing(change);
        if (!failing.isEmpty()) {
            rollBack(before, wanted, failing, promise);
        } else if (clock.nanoTime() - endNs >= 0 || supervisor.state() != RackState.RUNNING) {
            promise.complete(end("changed", title(wanted) + " runs; " + change.describe()));
        } else {
            vertx.setTimer(LOOK_MS, timer -> watch(before, wanted, change, endNs, promise));
        }
    }

    private String failing(PlanChange change) {
        List<String> made = change.made().stream()
                .map(ordinal -> change.after().gears().get(ordinal).name())
                .toList();
        return supervisor.bank().status().stream()
                .filter(GearStatus::failing)
                .map(GearStatus::name)
                .filter(made::contains)
                .distinct()
                .collect(Collectors.joining(", "));
    }

    private void rollBack(RackPlan before, RackPlan wanted, String failing, Promise<Report> promise) {
        LOG.error("{} fails in its first seconds ({}): going back to {}", title(wanted), failing, title(before));
        attempt(before).onComplete(back -> {
            if (back.succeeded()) {
                loaded = before;
                promise.complete(end(
                        "rolled_back",
                        title(wanted) + " failed in its first seconds (gears " + failing + "); " + title(before)
                                + " runs again; the log has the exceptions"));
            } else {
                promise.complete(end(
                        "refused",
                        title(wanted) + " fails (gears " + failing + ") and " + title(before) + " cannot be had back: "
                                + back.cause().getMessage() + "; restart the rack with what ran before"));
            }
        });
    }

    private synchronized Report end(String outcome, String text) {
        Report report = new Report(last.number() + 1, outcome, text);
        last = report;
        if (report.ok()) {
            LOG.info("{}", text);
        } else {
            LOG.error("scenario not changed: {}", text);
        }
        return report;
    }

    private static String title(RackPlan plan) {
        return plan.scenario().name() + " " + plan.scenario().version();
    }

    /** Stops what was replaced as it is spent, for as long as anything is left. */
    private void sweep() {
        if (toSweep.getAndIncrement() == 0) {
            sweepOnce();
        }
    }

    private void sweepOnce() {
        int changes = toSweep.get();
        strips.sum(Strip::sweep).onComplete(swept -> {
            if (swept.succeeded() && swept.result() > 0) {
                vertx.setTimer(SWEEP_MS, timer -> sweepOnce());
            } else if (!toSweep.compareAndSet(changes, 0)) { // another change has come in between
                sweepOnce();
            }
        });
    }
}
