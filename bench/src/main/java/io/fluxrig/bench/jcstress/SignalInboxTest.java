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

/** A signal comes to an inbox that is full while its strip polls: it is taken and polled once, or refused and counted. */
@JCStressTest
@Outcome(id = "0, 1, 1, 1", expect = Expect.ACCEPTABLE, desc = "Refused.")
@Outcome(id = "1, 1, 2, 0", expect = Expect.ACCEPTABLE, desc = "Room was made in time.")
@Outcome(expect = Expect.FORBIDDEN, desc = "A signal lost, doubled or not counted.")
@State
public class SignalInboxTest {
    private final SignalInbox inbox = new SignalInbox(1);

    public SignalInboxTest() {
        inbox.offer(new Signal.ConnUp(0, 1));
    }

    @Actor
    public void sender(IIII_Result result) {
        result.r1 = inbox.offer(new Signal.ConnDown(0, 1, "test")) ? 1 : 0;
    }

    @Actor
    public void strip(IIII_Result result) {
        result.r2 = inbox.poll() == null ? 0 : 1;
    }

    @Arbiter
    public void afterwards(IIII_Result result) {
        int polled = result.r2;
        while (inbox.poll() != null) {
            polled++;
        }
        result.r3 = inbox.waiting() == 0 ? polled : -1;
        result.r4 = inbox.dropped();
    }
}
