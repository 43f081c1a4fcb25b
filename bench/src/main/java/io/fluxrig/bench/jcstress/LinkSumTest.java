package io.fluxrig.bench.jcstress;

import io.fluxrig.engine.link.LinkTable;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.IIII_Result;

/** Copies of a gear begin to report on two strips and have links up at once: neither overwrites the other's. */
@JCStressTest
@Outcome(id = "[27], [57], 7, 2", expect = Expect.ACCEPTABLE, desc = "Its own at least, in the end all.")
@Outcome(expect = Expect.FORBIDDEN, desc = "Links lost, or links that never were.")
@State
public class LinkSumTest {
    private final LinkTable links = new LinkTable(1, 2);

    @Actor
    public void strip0(IIII_Result result) {
        links.report(0, 0).up(2);
        result.r1 = links.up(0);
    }

    @Actor
    public void strip1(IIII_Result result) {
        links.report(0, 1).up(5);
        result.r2 = links.up(0);
    }

    @Arbiter
    public void afterwards(IIII_Result result) {
        result.r3 = links.up(0);
        result.r4 = links.reporters();
    }
}
