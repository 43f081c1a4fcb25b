package io.fluxrig.bench.jcstress;

import io.fluxrig.engine.gears.conductor.ticket.TicketIndex;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** One strip releases its last ticket of a key while another claims the key: it gets the key or is sent to the first. */
@JCStressTest
@Outcome(id = "1, 1", expect = Expect.ACCEPTABLE, desc = "Released first: the other strip owns the key.")
@Outcome(
        id = "0, -1",
        expect = Expect.ACCEPTABLE,
        desc = "Claimed first: sent to the owner, who is gone by the time it asks.")
@Outcome(expect = Expect.FORBIDDEN, desc = "A ticket lost, or one left behind.")
@State
public class TicketIndexReleaseTest {
    private static final long HASH = 0x1234_5678_9ABC_DEF0L;

    private final TicketIndex index = new TicketIndex(16);

    public TicketIndexReleaseTest() {
        index.claim(HASH, 0);
    }

    @Actor
    public void strip0() {
        index.release(HASH, 0);
    }

    @Actor
    public void strip1(II_Result result) {
        result.r1 = index.claim(HASH, 1);
    }

    @Arbiter
    public void afterwards(II_Result result) {
        result.r2 = index.owner(HASH);
    }
}
