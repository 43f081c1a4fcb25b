package io.fluxrig.engine.rack.change;

import io.fluxrig.engine.config.NodeConfig;
import io.fluxrig.engine.config.NodeKeys;
import io.fluxrig.engine.metrics.RackMetrics;
import io.fluxrig.engine.rack.change.ChangeReport.Outcome;
import io.fluxrig.engine.rack.change.Changeover.Ending;
import io.fluxrig.engine.rack.plan.RackPlan;
import io.fluxrig.engine.rack.strips.RackStrips;
import io.fluxrig.engine.rack.strips.RunningPlan;
import io.fluxrig.engine.rack.trial.TrialWatch;
import io.fluxrig.perf.clock.Clock;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gets a running rack from one scenario to the next, one change at a time, its trial and its way back included: gears and sockets that
 * are the same run on, the others are made and started beside what runs, then traffic moves over between two messages, and what was
 * replaced ends what it had begun. Any thread.
 */
public final class RackChanges {
    private static final Logger LOG = LoggerFactory.getLogger(RackChanges.class);

    private static final long NS_PER_MS = 1_000_000;
    /** For the end of a change, before a rack that is asked to stop does so without it. */
    static final long SETTLE_MS = 3_000;

    private final ChangeSite site;
    private final Supplier<String> unready;
    private final AtomicInteger asked = new AtomicInteger();
    /** The change that is being made; null while there is none. */
    private final AtomicReference<Future<ChangeReport>> current = new AtomicReference<>();
    /** Why no further change is made; null while they are. */
    private volatile String closed;

    private volatile ChangeReport last = ChangeReport.NONE;
    /** Whether those who ask say themselves what came of it, and how bad that is. */
    private volatile boolean askersTell;

    /** What was loaded from files and runs; written by the change that is being made. */
    private volatile RackPlan loaded;

    private volatile Consumer<RackPlan> follower = plan -> {};

    /**
     * @param running what the rack's strips run; turned by each change
     * @param unready why the rack as a whole is not to be changed, null while it may be; any thread
     */
    public RackChanges(
            Vertx vertx,
            NodeConfig config,
            RackMetrics metrics,
            Clock clock,
            RackStrips strips,
            RunningPlan running,
            Supplier<String> unready) {
        SpentSweep sweep = new SpentSweep(vertx, strips);
        metrics.counter(
                "reload_sweeps_failed_total",
                "Times what a change replaced could not be asked whether it is spent.",
                sweep::failed);
        this.site = new ChangeSite(
                running,
                strips,
                new Polling(vertx),
                sweep,
                clock,
                new TrialWatch(metrics),
                config.durationNs(NodeKeys.RACK_RELOAD_LINKS),
                config.durationNs(NodeKeys.RACK_RELOAD_TRIAL));
        this.unready = unready;
        this.loaded = running.plan();
    }

    /**
     * Begins to remember how gears, destinations and links do, which trials compare with; the rack runs.
     *
     * @return the timer, to be cancelled
     */
    public long watch() {
        return site.polling().asideEach(TrialWatch.EVERY_NS / NS_PER_MS, site.watch()::remember);
    }

    /** The rack's name, which no change changes. */
    String rack() {
        return site.running().plan().rack();
    }

    /** @param with is told what is in force after each change, its trial over, also where no gear changed; on an event loop */
    public void follow(Consumer<RackPlan> with) {
        follower = with;
    }

    /** Somebody asks for a change; the number under which the report will answer it. */
    int ask() {
        return asked.incrementAndGet();
    }

    /** From now on whoever asks says in the log what came of it: what a mixer's rack cannot change to while it runs it may start anew with. */
    void askersTell() {
        askersTell = true;
    }

    /** Requests so far. */
    public int asked() {
        return asked.get();
    }

    /** The answer to the last request that was answered; while a change is on trial, to one before. */
    public ChangeReport last() {
        return last;
    }

    /** Answers a request. */
    ChangeReport answer(int request, Outcome outcome, String text) {
        ChangeReport report = new ChangeReport(request, outcome, text);
        last = report;
        if (report.ok()) {
            LOG.info("{}", text);
        } else if (outcome == Outcome.REFUSED && askersTell) {
            LOG.info("scenario not changed while the rack runs: {}", text);
        } else if (outcome == Outcome.STUCK) {
            LOG.error("the change of scenario needs somebody: {}", text);
        } else {
            LOG.error("scenario not changed: {}", text);
        }
        return report;
    }

    /** Changes the rack to a plan of its own name; the future never fails, the report says what became of it. */
    Future<ChangeReport> change(int request, RackPlan wanted) {
        Promise<ChangeReport> promise = Promise.promise();
        if (!current.compareAndSet(null, promise.future())) {
            String busy = "another change is being made or on trial; try again";
            return Future.succeededFuture(answer(request, Outcome.REFUSED, busy));
        }
        RackPlan before = loaded;
        Future.succeededFuture()
                .compose(begun -> new Changeover(site, before, wanted, this::objection).run())
                .otherwise(thrown -> new Ending(Outcome.STUCK, thrown + "; restart the rack", before, true))
                .map(ending -> end(request, ending))
                .onComplete(ended -> {
                    current.set(null);
                    promise.complete(ended.result());
                });
        return promise.future();
    }

    private ChangeReport end(int request, Ending ending) {
        loaded = ending.running();
        follower.accept(loaded);
        if (ending.broken()) {
            closed = "a change broke, and strips may run different scenarios: restart the rack";
        }
        return answer(request, ending.outcome(), ending.text());
    }

    /**
     * Ends changing, before the rack drains or stops: no further change is begun; one that is being made is undone, or, where strips
     * apply it already, stands as it is, on trial no more.
     *
     * @return completes once no change is being made, so that every gear there is stands in the plan, or after {@value #SETTLE_MS} ms, as
     *     where a strip hangs that the change waits for; never fails
     */
    public Future<Void> settle() {
        if (closed == null) {
            closed = "the rack is asked to stop";
        }
        Future<ChangeReport> making = current.get();
        if (making == null) {
            return Future.succeededFuture();
        }
        Promise<Void> settled = Promise.promise();
        making.onComplete(made -> settled.tryComplete());
        // no timer of an event loop: that may be the one that hangs
        CompletableFuture.delayedExecutor(SETTLE_MS, TimeUnit.MILLISECONDS).execute(() -> giveUp(settled));
        return settled.future();
    }

    private static void giveUp(Promise<Void> settled) {
        if (settled.tryComplete()) {
            LOG.error(
                    "the change of scenario that is being made does not end within {} s, as where a strip hangs: the rack stops"
                            + " without its end",
                    SETTLE_MS / 1000);
        }
    }

    private String objection() {
        String why = unready.get();
        return closed == null ? why : closed;
    }
}
