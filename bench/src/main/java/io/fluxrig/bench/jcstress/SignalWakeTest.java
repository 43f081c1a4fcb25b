package io.fluxrig.bench.jcstress;

import io.fluxrig.engine.gear.Signal;
import io.fluxrig.engine.strip.StripBank;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/**
 * A strip that was woken for one signal is about to sleep again while another is sent: the second is in the same batch or
 * wakes the strip once more; it never lies there beside a sleeping strip.
 */
@JCStressTest
@Outcome(id = "1, 2", expect = Expect.ACCEPTABLE, desc = "The second woke the strip again.")
@Outcome(id = "2, 2", expect = Expect.ACCEPTABLE, desc = "Both in one batch.")
@Outcome(expect = Expect.FORBIDDEN, desc = "A signal delivered twice, or lying beside a sleeping strip.")
@State
public class SignalWakeTest {
    private final HandTurnedStrip strip = new HandTurnedStrip();
    private final StripBank bank = strip.bank();

    public SignalWakeTest() {
        bank.signal(new Signal.ConnUp(0, 1));
    }

    @Actor
    public void sender() {
        bank.signal(new Signal.ConnDown(0, 1, "test"));
    }

    @Actor
    public void strip(II_Result result) {
        strip.turn();
        result.r1 = strip.signalsSeen();
    }

    @Arbiter
    public void afterwards(II_Result result) {
        while (strip.turn()) {
            // until it sleeps
        }
        result.r2 = strip.signalsSeen();
    }
}
