package io.fluxrig.bench.jcstress;

import io.fluxrig.engine.gears.conductor.route.Breaker;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** Two strips ask for the one probe of a breaker past its cooldown: one of them gets it. */
@JCStressTest
@Outcome(id = "2, -1", expect = Expect.ACCEPTABLE, desc = "Strip 0 probes.")
@Outcome(id = "-1, 2", expect = Expect.ACCEPTABLE, desc = "Strip 1 probes.")
@Outcome(expect = Expect.FORBIDDEN, desc = "Two probes, or none.")
@State
public class BreakerProbeTest {
    private static final long COOLDOWN_NS = 1_000_000;

    private final Breaker breaker = new Breaker(1, COOLDOWN_NS, 1, 0);

    public BreakerProbeTest() {
        breaker.timedOut(breaker.enter(0), 0);
    }

    @Actor
    public void strip0(II_Result result) {
        result.r1 = breaker.enter(COOLDOWN_NS);
    }

    @Actor
    public void strip1(II_Result result) {
        result.r2 = breaker.enter(COOLDOWN_NS);
    }
}
