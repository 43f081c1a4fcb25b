package io.fluxrig.engine.rack.change;

import io.fluxrig.engine.config.Quantity;
import io.fluxrig.engine.rack.change.ChangeAttempt.Applied;
import io.fluxrig.engine.rack.change.ChangeAttempt.Broken;
import io.fluxrig.engine.rack.change.ChangeAttempt.GivenUp;
import io.fluxrig.engine.rack.change.ChangeReport.Outcome;
import io.fluxrig.engine.rack.plan.RackPlan;
import io.vertx.core.Future;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A change of scenario with its trial and, if it fails that, the way back. One use; any thread.
 *
 * <pre>
 *   {@link ChangeAttempt} -> {@link Trial} -> CHANGED
 *        |           '-> another attempt, back to the plan before: ROLLED_BACK, or STUCK if that fails, too
 *        '-> REFUSED; STUCK where a strip did not do as it was told
 * </pre>
 */
final class Changeover {
    private static final Logger LOG = LoggerFactory.getLogger(Changeover.class);

    private final ChangeSite site;
    private final RackPlan before;
    private final RackPlan wanted;
    private final Supplier<String> objection;

    /**
     * How it ended.
     *
     * @param running the plan, as loaded, that is in force now
     * @param broken whether strips may run different plans, so that nothing can be built on them
     */
    record Ending(Outcome outcome, String text, RackPlan running, boolean broken) {}

    /**
     * @param before what was loaded last and runs
     * @param objection why the rack is not to change any more, null if it may
     */
    Changeover(ChangeSite site, RackPlan before, RackPlan wanted, Supplier<String> objection) {
        this.site = site;
        this.before = before;
        this.wanted = wanted;
        this.objection = objection;
    }

    /** Goes through with it. */
    Future<Ending> run() {
        return new ChangeAttempt(site, wanted, false, objection).run().compose(result -> {
            if (result instanceof Applied applied) {
                return applied.change().isEmpty()
                        ? ended(
                                Outcome.UNCHANGED,
                                "nothing is new: " + title(wanted) + " runs as its files say",
                                wanted)
                        : onTrial(applied);
            }
            return result instanceof GivenUp kept
                    ? ended(Outcome.REFUSED, kept.why() + "; what ran before runs on", before)
                    : Future.succeededFuture(broken((Broken) result));
        });
    }

    private Future<Ending> onTrial(Applied applied) {
        String changed = applied.change().describe();
        LOG.info(
                "{} runs now, on trial for {} (rack.reload_trial); {}",
                title(wanted),
                Quantity.durationText(site.trialNs()),
                changed);
        return site.polling()
                .aside(() -> new Trial(site, applied.change(), objection))
                .compose(trial ->
                        applied.failing().isEmpty() ? onTrial(trial, changed) : goBack(trial, applied.failing()));
    }

    private Future<Ending> onTrial(Trial trial, String changed) {
        return trial.run().otherwise(Throwable::toString).compose(failing -> {
            if (!failing.isEmpty()) {
                return goBack(trial, failing);
            }
            return trial.isCutShort()
                    ? ended(
                            Outcome.UNPROVEN,
                            title(wanted) + " was on trial when " + objection.get()
                                    + ", and nothing shows that it works",
                            wanted)
                    : ended(Outcome.CHANGED, title(wanted) + " runs; " + changed, wanted);
        });
    }

    private Future<Ending> goBack(Trial trial, String failing) {
        LOG.error("{} fails in its first seconds ({}): going back to {}", title(wanted), failing, title(before));
        return new ChangeAttempt(site, before, true, objection).run().compose(result -> {
            if (result instanceof Applied back) {
                trial.wentBack();
                return ended(back, failing);
            }
            return result instanceof GivenUp kept
                    ? ended(
                            Outcome.STUCK,
                            title(wanted) + " runs, and fails (" + failing + "); " + title(before)
                                    + " cannot be had back: " + kept.why()
                                    + "; mend the files and run 'fluxrig reload', or restart the rack with what ran before",
                            wanted)
                    : Future.succeededFuture(broken((Broken) result));
        });
    }

    private Future<Ending> ended(Applied back, String failing) {
        return back.failing().isEmpty()
                ? ended(
                        Outcome.ROLLED_BACK,
                        title(wanted) + " failed in its first seconds (" + failing + "); " + title(before)
                                + " runs again; the rack's own log says more",
                        before)
                : ended(
                        Outcome.STUCK,
                        title(wanted) + " failed in its first seconds (" + failing + "), and " + title(before)
                                + ", which runs again, fails, too (" + back.failing() + "); restart the rack",
                        before);
    }

    private static Future<Ending> ended(Outcome outcome, String text, RackPlan running) {
        return Future.succeededFuture(new Ending(outcome, text, running, false));
    }

    private Ending broken(Broken broken) {
        return new Ending(
                Outcome.STUCK,
                "a strip did not do as it was told (" + broken.why() + "), and strips may run different scenarios;"
                        + " restart the rack (SIGTERM drains it)",
                wanted,
                true);
    }

    private static String title(RackPlan plan) {
        return plan.scenario().name() + " " + plan.scenario().version();
    }
}
