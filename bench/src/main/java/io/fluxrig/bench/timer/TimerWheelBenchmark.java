package io.fluxrig.bench.timer;

import io.fluxrig.perf.buffer.Bytes;
import io.fluxrig.perf.timer.Expiry;
import io.fluxrig.perf.timer.TimerWheel;
import java.util.concurrent.TimeUnit;
import org.agrona.DeadlineTimerWheel;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * One request's deadline, scheduled and cancelled because the answer came, while {@code pending} others wait; beside
 * Agrona's wheel of the same ticks and spokes. The cost should not follow the number pending, but for the caches it falls
 * out of: the timer cancelled is one set long before, as a ticket's is.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 3, jvmArgsAppend = "--add-opens=java.base/jdk.internal.misc=ALL-UNNAMED")
public class TimerWheelBenchmark {

    private static final long TICK_NS = 1L << 23;
    private static final int SPOKES = 8192;
    private static final long STEP_NS = 100;
    private static final long TIMEOUT_NS = 30_000_000_000L;

    @Param({"100", "10000", "1000000"})
    int pending;

    private TimerWheel ours;
    private DeadlineTimerWheel agrona;
    private long[] oursIds;
    private long[] agronaIds;
    private long[] deadlines;
    private int next;
    private long nowNs;
    private final Expiry ignore = (nowNs, payload, timerId) -> {};
    private final DeadlineTimerWheel.TimerHandler ignoreAgrona = (unit, now, timerId) -> true;

    @Setup
    public void fill() {
        ours = new TimerWheel(0, TICK_NS, SPOKES, pending + 1);
        agrona = new DeadlineTimerWheel(TimeUnit.NANOSECONDS, 0, TICK_NS, SPOKES, 512);
        oursIds = new long[pending];
        agronaIds = new long[pending];
        deadlines = new long[pending];
        for (int i = 0; i < pending; i++) {
            deadlines[i] = TIMEOUT_NS + Math.floorMod(Bytes.mix64(i), TIMEOUT_NS);
            oursIds[i] = ours.schedule(deadlines[i], i);
            agronaIds[i] = agrona.scheduleTimer(deadlines[i]);
        }
    }

    @Benchmark
    public long renewOurs() {
        int i = next = next + 1 == pending ? 0 : next + 1;
        if (!ours.cancel(oursIds[i])) {
            throw new IllegalStateException("timer was not pending");
        }
        return oursIds[i] = ours.schedule(deadlines[i], i);
    }

    @Benchmark
    public long renewAgrona() {
        int i = next = next + 1 == pending ? 0 : next + 1;
        if (!agrona.cancelTimer(agronaIds[i])) {
            throw new IllegalStateException("timer was not pending");
        }
        return agronaIds[i] = agrona.scheduleTimer(deadlines[i]);
    }

    /** An event loop's turn when nothing is due: time moves a tenth of a microsecond. */
    @Benchmark
    public int pollIdleOurs() {
        return ours.poll(nowNs += nowNs < TIMEOUT_NS - STEP_NS ? STEP_NS : 0, ignore, 64);
    }

    @Benchmark
    public int pollIdleAgrona() {
        return agrona.poll(nowNs += nowNs < TIMEOUT_NS - STEP_NS ? STEP_NS : 0, ignoreAgrona, 64);
    }
}
