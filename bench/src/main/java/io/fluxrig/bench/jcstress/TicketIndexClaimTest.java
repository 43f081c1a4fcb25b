package io.fluxrig.bench.jcstress;

import io.fluxrig.engine.gears.conductor.ticket.TicketIndex;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;

/** Two strips claim one key at once: both learn the same owner, and the index says so afterwards. */
@JCStressTest
@Outcome(id = "0, 0, 0", expect = Expect.ACCEPTABLE, desc = "Strip 0 was first.")
@Outcome(id = "1, 1, 1", expect = Expect.ACCEPTABLE, desc = "Strip 1 was first.")
@Outcome(expect = Expect.FORBIDDEN, desc = "Two owners, or none.")
@State
public class TicketIndexClaimTest {
    private static final long HASH = 0x1234_5678_9ABC_DEF0L;

    private final TicketIndex index = new TicketIndex(16);

    @Actor
    public void strip0(III_Result result) {
        result.r1 = index.claim(HASH, 0);
    }

    @Actor
    public void strip1(III_Result result) {
        result.r2 = index.claim(HASH, 1);
    }

    @Arbiter
    public void afterwards(III_Result result) {
        result.r3 = index.owner(HASH);
    }
}
