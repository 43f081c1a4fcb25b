package io.fluxrig.bench.buffer;

import io.fluxrig.perf.buffer.ByteSlab;
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
import org.openjdk.jmh.annotations.Warmup;

/**
 * A record of {@code length} bytes kept and given back while {@code open} others are kept: claim, put, get, release (which
 * wipes). {@code copy} is the bound: an array made, filled and read, for the collector to take.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 3, jvmArgsAppend = "-Xmx2g")
public class SlabBenchmark {

    private static final int BLOCK_LENGTH = 256;

    @Param({"100", "1000000"})
    int open;

    @Param({"64", "300"})
    int length;

    private ByteSlab slab;
    private int[] handles;
    private byte[] src;
    private byte[] dst;
    private int next;

    @Setup
    public void fill() {
        int blocks = (length + BLOCK_LENGTH - 1) / BLOCK_LENGTH;
        slab = new ByteSlab(BLOCK_LENGTH, (open + 1) * blocks);
        handles = new int[open];
        src = new byte[length];
        dst = new byte[length];
        for (int i = 0; i < open; i++) {
            handles[i] = slab.claim(length);
        }
    }

    /** The oldest leaves and a new one comes. */
    @Benchmark
    public byte renew() {
        int i = next = next + 1 == open ? 0 : next + 1;
        slab.get(handles[i], 0, dst, 0, length);
        slab.release(handles[i]);
        handles[i] = slab.claim(length);
        slab.put(handles[i], 0, src, 0, length);
        return dst[length - 1];
    }

    @Benchmark
    public byte[] copy() {
        byte[] kept = src.clone();
        System.arraycopy(kept, 0, dst, 0, length);
        return kept;
    }
}
