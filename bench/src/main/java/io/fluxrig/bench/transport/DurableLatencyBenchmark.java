package io.fluxrig.bench.transport;

import io.fluxrig.transport.journal.store.SyncMode;
import io.fluxrig.transport.msg.FluxMsg;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What a durable wire adds to a message on the switch path. {@code beside}: the wire leads to an audit gear, and the strip
 * pays for sending, for receiving what has come, and for the acknowledgement. {@code kept}: until the sender is told that the
 * promise holds. {@code through}: until the receiving gear has the message.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 3, time = 2)
@Fork(
        value = 2,
        jvmArgsAppend = {
            "--add-opens=java.base/java.lang.reflect=ALL-UNNAMED",
            "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED"
        })
public class DurableLatencyBenchmark {
    private static final long PAUSE_NS = 25_000;

    @Param({"os", "group", "each"})
    public String sync;

    private final FluxMsg sample = SampleMessage.decoded();
    private LaneUnderTest lane;

    @Setup
    public void open() {
        lane = new LaneUnderTest(SyncMode.of(sync));
    }

    /** Some 40,000 messages a second, so that nothing queues. */
    @Setup(Level.Invocation)
    public void pace() {
        long untilNs = System.nanoTime() + PAUSE_NS;
        while (System.nanoTime() < untilNs) {
            Thread.onSpinWait();
        }
    }

    @TearDown
    public void close() throws IOException {
        lane.close();
    }

    @Benchmark
    public long beside() {
        send();
        lane.endBatch();
        return lane.received();
    }

    @Benchmark
    public long kept() {
        long until = lane.kept() + 1;
        send();
        do {
            lane.endBatch();
        } while (lane.kept() < until);
        return lane.kept();
    }

    @Benchmark
    public long through() {
        long until = lane.received() + 1;
        send();
        do {
            lane.endBatch();
        } while (lane.received() < until);
        return lane.received();
    }

    /** Waits while the ring is full, as a strip holds its sockets back. */
    private void send() {
        while (!lane.send(sample)) {
            lane.endBatch();
        }
    }
}
