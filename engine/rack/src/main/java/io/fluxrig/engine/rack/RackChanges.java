package io.fluxrig.engine.rack;

import io.fluxrig.engine.rack.ChangeReport.Outcome;
import io.fluxrig.engine.rack.Changeover.Ending;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gets a running rack from one scenario to the next, one change at a time, its trial and its way back included: gears and sockets that
 * are the same run on, the others are made and started beside what runs, then traffic moves over between two messages, and what was
 * replaced ends what it had begun. Any thread.
 */
final class RackChanges {
    private static final Logger LOG = LoggerFactory.getLogger(RackChanges.class);

    private final ChangeSite site;
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

    RackChanges(ChangeSite site) {
        this.site = site;
        this.loaded = site.supervisor().plan();
    }

    /** @param with is told what is in force after each change, its trial over, also where no gear changed; on an event loop */
    void follow(Consumer<RackPlan> with) {
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
    int asked() {
        return asked.get();
    }

    /** The answer to the last request that was answered; while a change is on trial, to one before. */
    ChangeReport last() {
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
     * @return completes once no change is being made, so that every gear there is stands in the plan; never fails
     */
    Future<Void> settle() {
        if (closed == null) {
            closed = "the rack is asked to stop";
        }
        Future<ChangeReport> making = current.get();
        return making == null ? Future.succeededFuture() : making.mapEmpty();
    }

    private String objection() {
        RackState state = site.supervisor().state();
        return closed != null || state == RackState.RUNNING ? closed : "the rack is " + state.word();
    }
}
