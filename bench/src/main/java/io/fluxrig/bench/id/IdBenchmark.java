package io.fluxrig.bench.id;

import io.fluxrig.perf.clock.Clock;
import io.fluxrig.perf.clock.VirtualClock;
import io.fluxrig.perf.id.IdGenerator;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** One id on the machine's clock; reading that clock alone is the baseline, a clock that costs nothing the other bound. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(3)
public class IdBenchmark {

    private final Clock clock = Clock.system();
    private final IdGenerator ids = new IdGenerator(clock, 1);
    private final IdGenerator idsOnStillClock = new IdGenerator(new VirtualClock(), 1);

    @Benchmark
    public long next() {
        return ids.next();
    }

    @Benchmark
    public long nextOnStillClock() {
        return idsOnStillClock.next();
    }

    @Benchmark
    public long epochNanos() {
        return clock.epochNanos();
    }
}
