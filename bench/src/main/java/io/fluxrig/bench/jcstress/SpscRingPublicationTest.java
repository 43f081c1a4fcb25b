package io.fluxrig.bench.jcstress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.fluxrig.perf.buffer.Bytes;
import io.fluxrig.perf.ring.SpscRing;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.JJ_Result;

/** A consumer sees a record whole or not at all, and never the second without the first. */
@JCStressTest
@Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "neither has arrived")
@Outcome(id = "-1, 0", expect = ACCEPTABLE, desc = "the first")
@Outcome(id = "-1, -2", expect = ACCEPTABLE, desc = "both, in order")
@Outcome(expect = FORBIDDEN, desc = "a torn, missing or misplaced record")
@State
public class SpscRingPublicationTest {

    private final SpscRing ring = new SpscRing(SpscRing.CAPACITY_MIN);
    private final byte[] first = record(-1);
    private final byte[] second = record(-2);

    private static byte[] record(long value) {
        byte[] bytes = new byte[Long.BYTES];
        Bytes.putLongLe(bytes, 0, value);
        return bytes;
    }

    @Actor
    public void producer() {
        ring.offer(1, first, 0, Long.BYTES);
        ring.offer(2, second, 0, Long.BYTES);
    }

    @Actor
    public void consumer(JJ_Result result) {
        ring.poll(
                (type, memory, offset, length) -> {
                    long value = memory.getLong(offset);
                    if (type == 1) {
                        result.r1 = value;
                    } else {
                        result.r2 = value;
                    }
                },
                2);
    }
}
