package io.fluxrig.bench.jcstress;

import io.fluxrig.engine.gear.Signal;
import io.fluxrig.engine.strip.SignalInbox;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.IIII_Result;

/** Two strips send to an inbox with room for one: one signal is taken, the other refused and counted. */
@JCStressTest
@Outcome(id = "1, 0, 1, 1", expect = Expect.ACCEPTABLE, desc = "Strip 0 was first.")
@Outcome(id = "0, 1, 1, 1", expect = Expect.ACCEPTABLE, desc = "Strip 1 was first.")
@Outcome(expect = Expect.FORBIDDEN, desc = "More taken than there was room, or none.")
@State
public class SignalLimitTest {
    private final SignalInbox inbox = new SignalInbox(1);

    @Actor
    public void strip0(IIII_Result result) {
        result.r1 = inbox.offer(new Signal.ConnUp(0, 0)) ? 1 : 0;
    }

    @Actor
    public void strip1(IIII_Result result) {
        result.r2 = inbox.offer(new Signal.ConnUp(0, 1)) ? 1 : 0;
    }

    @Arbiter
    public void afterwards(IIII_Result result) {
        while (inbox.poll() != null) {
            result.r3++;
        }
        result.r4 = inbox.dropped();
    }
}
