package io.fluxrig.bench.jcstress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.fluxrig.perf.latency.LatencyRecorder;
import org.HdrHistogram.Histogram;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.JJ_Result;

/** However a drain falls between two records, each is drained once. */
@JCStressTest
@Outcome(id = "0, 2", expect = ACCEPTABLE, desc = "drained before")
@Outcome(id = "1, 2", expect = ACCEPTABLE, desc = "drained between")
@Outcome(id = "2, 2", expect = ACCEPTABLE, desc = "drained after")
@Outcome(expect = FORBIDDEN, desc = "lost or counted twice")
@State
public class LatencyRecorderDrainTest {

    private final LatencyRecorder recorder = new LatencyRecorder(1_000, 1);
    private final Histogram total = recorder.newTotal();

    @Actor
    public void strip() {
        recorder.record(100);
        recorder.record(200);
    }

    @Actor
    public void reader(JJ_Result result) {
        recorder.drainInto(total);
        result.r1 = total.getTotalCount();
    }

    @Arbiter
    public void arbiter(JJ_Result result) {
        recorder.drainInto(total);
        result.r2 = total.getTotalCount();
    }
}
