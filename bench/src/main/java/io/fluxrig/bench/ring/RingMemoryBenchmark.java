package io.fluxrig.bench.ring;

import io.fluxrig.perf.ring.RecordHandler;
import io.fluxrig.perf.ring.SpscRing;
import java.util.concurrent.TimeUnit;
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
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What the turbo ring's memory could be without Unsafe, on one thread, offers and then one poll of {@code batch} records of 300
 * bytes: direct memory published by its tail (ours), by each record's header, or a byte array published by its tail.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(3)
public class RingMemoryBenchmark {

    private static final int TYPE = 7;

    @Param({"1", "16"})
    int batch;

    private final byte[] src = new byte[RingHopBenchmark.LENGTH];
    private final byte[] dst = new byte[RingHopBenchmark.LENGTH];
    private final SpscRing direct = new SpscRing(RingHopBenchmark.CAPACITY);
    private final HeaderPublishedRing directHeader = new HeaderPublishedRing(RingHopBenchmark.CAPACITY);
    private final HeapRing heap = new HeapRing(RingHopBenchmark.CAPACITY);
    private final RecordHandler copy = (type, memory, offset, length) -> memory.get(offset, dst, 0, length);

    @Setup
    public void fill() {
        for (int i = 0; i < src.length; i++) {
            src[i] = (byte) (i * 31);
        }
    }

    @TearDown
    public void check() {
        if (dst[dst.length - 1] != src[src.length - 1]) {
            throw new IllegalStateException("the record did not arrive");
        }
    }

    @Benchmark
    public int direct() {
        for (int i = 0; i < batch; i++) {
            direct.offer(TYPE, src, 0, src.length);
        }
        return direct.poll(copy, batch);
    }

    @Benchmark
    public int directHeader() {
        for (int i = 0; i < batch; i++) {
            directHeader.offer(src, src.length);
        }
        return directHeader.poll(dst, batch);
    }

    @Benchmark
    public int heap() {
        for (int i = 0; i < batch; i++) {
            heap.offer(TYPE, src, src.length);
        }
        return heap.poll(dst, batch);
    }
}
