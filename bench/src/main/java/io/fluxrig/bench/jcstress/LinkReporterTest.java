package io.fluxrig.bench.jcstress;

import io.fluxrig.engine.link.LinkTable;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/**
 * A gear begins to report while another strip looks behind a port. Whoever sees the number of reporters rise sees that gear
 * report; if not, it would keep what it found and never look again.
 */
@JCStressTest
@Outcome(id = "0, 0", expect = Expect.ACCEPTABLE, desc = "Looked before.")
@Outcome(id = "0, 1", expect = Expect.ACCEPTABLE, desc = "Begun, not yet counted: looks again later.")
@Outcome(id = "1, 1", expect = Expect.ACCEPTABLE, desc = "Counted and seen.")
@Outcome(expect = Expect.FORBIDDEN, desc = "Counted and not seen.")
@State
public class LinkReporterTest {
    private final LinkTable links = new LinkTable(1, 2);

    @Actor
    public void strip0() {
        links.report(0, 0);
    }

    @Actor
    public void strip1(II_Result result) {
        result.r1 = links.reporters();
        result.r2 = links.reports(0) ? 1 : 0;
    }
}
