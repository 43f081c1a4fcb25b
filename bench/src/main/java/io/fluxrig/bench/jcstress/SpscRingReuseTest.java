package io.fluxrig.bench.jcstress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.fluxrig.perf.ring.SpscRing;
import java.util.Arrays;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.IJJ_Result;

/**
 * The ring is full when the actors start. The producer's next record may take the oldest one's space only after the consumer
 * has read and wiped it: the wipe must not reach the new record, nor the new record the consumer's view of the old.
 */
@JCStressTest
@Outcome(id = "-1, 72340172838076673, 0", expect = ACCEPTABLE, desc = "still full")
@Outcome(id = "0, 72340172838076673, 651061555542690057", expect = ACCEPTABLE, desc = "the space was used again")
@Outcome(expect = FORBIDDEN, desc = "a record was overwritten, or wiped after it was written")
@State
public class SpscRingReuseTest {

    private static final int LENGTH = 24;
    private static final int OLDEST = 1;
    private static final int NEWEST = 9;

    private final SpscRing ring = new SpscRing(SpscRing.CAPACITY_MIN);
    private final byte[] body = new byte[LENGTH];

    public SpscRingReuseTest() {
        for (int type = OLDEST; type < NEWEST; type++) {
            Arrays.fill(body, (byte) type);
            ring.offer(type, body, 0, LENGTH);
        }
        Arrays.fill(body, (byte) NEWEST);
    }

    @Actor
    public void producer(IJJ_Result result) {
        result.r1 = ring.offer(NEWEST, body, 0, LENGTH);
    }

    @Actor
    public void consumer(IJJ_Result result) {
        ring.poll((type, memory, offset, length) -> result.r2 = memory.getLong(offset + 16), 1);
    }

    @Arbiter
    public void arbiter(IJJ_Result result) {
        ring.poll(
                (type, memory, offset, length) -> {
                    if (type == NEWEST) {
                        result.r3 = memory.getLong(offset + 16);
                    }
                },
                Integer.MAX_VALUE);
    }
}
