package io.fluxrig.load;

import io.fluxrig.perf.clock.Clock;
import java.util.function.Predicate;

/** Runs of plans against switches whose behaviour a test decides. */
final class Runs {
    private Runs() {}

    static LoadResult run(LoadPlan plan) throws LoadException {
        return new LoadRun(plan, Clock.system()).run(progress -> {});
    }

    static LoadResult against(FakeSwitch.Behaviour behaviour) throws Exception {
        try (FakeSwitch target = new FakeSwitch(Plans.ASCII, behaviour)) {
            return run(Plans.plan(target.address(), 200));
        }
    }

    /** @param allThere whether every answer that will come is there */
    static LoadResult losing(FakeSwitch.Behaviour behaviour, Predicate<Counts> allThere) throws Exception {
        try (FakeSwitch target = new FakeSwitch(Plans.ASCII, behaviour)) {
            return run(Plans.plan(target.address(), 200), allThere);
        }
    }

    /** Runs a plan whose answers do not all come: its grace is over once all are there that will. */
    static LoadResult run(LoadPlan plan, Predicate<Counts> allThere) throws LoadException {
        ForwardClock clock = new ForwardClock();
        return new LoadRun(plan, clock).run(progress -> {
            if (progress.phase() == Progress.Phase.AWAITING_ANSWERS && allThere.test(progress.counts())) {
                clock.putForward(plan.graceNs());
            }
        });
    }
}
