package io.fluxrig.bench.jcstress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.fluxrig.perf.count.Counter;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.JJ_Result;

/** A reader who sees the second of two counters sees the first, which was counted before it. */
@JCStressTest
@Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "neither yet")
@Outcome(id = "0, 1", expect = ACCEPTABLE, desc = "the first alone")
@Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "both")
@Outcome(expect = FORBIDDEN, desc = "out of order, or torn")
@State
public class CounterPublicationTest {

    private final Counter received = new Counter();
    private final Counter answered = new Counter();

    @Actor
    public void strip() {
        received.increment();
        answered.increment();
    }

    @Actor
    public void reader(JJ_Result result) {
        result.r1 = answered.get();
        result.r2 = received.get();
    }
}
