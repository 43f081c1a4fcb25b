package io.fluxrig.bench.jcstress;

import io.fluxrig.engine.gear.LinkReport;
import io.fluxrig.engine.link.LinkTable;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;

/** A link comes up, and a second: another strip that looks twice sees no step back, and what was done before the link was up. */
@JCStressTest
@Outcome(id = "0, [012], 0", expect = Expect.ACCEPTABLE, desc = "Down at first, nothing to be seen behind it.")
@Outcome(id = "0, [012], 1", expect = Expect.ACCEPTABLE, desc = "Down at first, what is behind it seen early.")
@Outcome(id = "1, [12], 1", expect = Expect.ACCEPTABLE, desc = "One up.")
@Outcome(id = "2, 2, 1", expect = Expect.ACCEPTABLE, desc = "Both up.")
@Outcome(expect = Expect.FORBIDDEN, desc = "A step back, or a link up before what it needs.")
@State
public class LinkStateTest {
    private final LinkTable links = new LinkTable(1, 2);
    private final LinkReport report = links.report(0, 0);
    private int opened;

    @Actor
    public void strip0() {
        opened = 1;
        report.up(1);
        report.up(2);
    }

    @Actor
    public void strip1(III_Result result) {
        result.r1 = links.up(0, 0);
        result.r3 = opened;
        result.r2 = links.up(0, 0);
    }
}
