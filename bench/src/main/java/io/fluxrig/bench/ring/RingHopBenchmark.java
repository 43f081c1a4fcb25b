package io.fluxrig.bench.ring;

import io.fluxrig.perf.ring.RecordHandler;
import io.fluxrig.perf.ring.SpscRing;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.MessageHandler;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.ringbuffer.OneToOneRingBuffer;
import org.agrona.concurrent.ringbuffer.RingBufferDescriptor;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * One record of 300 bytes through a turbo ring, beside Agrona's ring in the same run.
 *
 * <pre>
 *   byte[300] --offer--> ring (1 MiB, off-heap) --poll--> byte[300]
 * </pre>
 *
 * The two do the same work: copy in, publish, copy out, wipe, free. On one thread it is the cost of the instructions, with
 * the consumer after every record or after every {@value #BATCH}; {@link RingStreamBenchmark} has two threads.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 3, jvmArgsAppend = "--add-opens=java.base/jdk.internal.misc=ALL-UNNAMED")
public class RingHopBenchmark {

    static final int CAPACITY = 1 << 20;
    static final int LENGTH = 300;
    static final int BATCH = 16;
    static final int TYPE = 7;

    private final byte[] src = new byte[LENGTH];
    private final byte[] dst = new byte[LENGTH];
    private final SpscRing ours = new SpscRing(CAPACITY);
    private final OneToOneRingBuffer agrona = new OneToOneRingBuffer(
            new UnsafeBuffer(ByteBuffer.allocateDirect(CAPACITY + RingBufferDescriptor.TRAILER_LENGTH)));
    private final UnsafeBuffer agronaSrc = new UnsafeBuffer(src);
    private final RecordHandler copyOurs = (type, memory, offset, length) -> memory.get(offset, dst, 0, length);
    private final MessageHandler copyAgrona = this::copyAgrona;

    @Setup
    public void fill() {
        for (int i = 0; i < LENGTH; i++) {
            src[i] = (byte) (i * 31);
        }
    }

    @TearDown
    public void check() {
        if (dst[LENGTH - 1] != src[LENGTH - 1]) {
            throw new IllegalStateException("the record did not arrive");
        }
    }

    @Benchmark
    public int hopOurs() {
        ours.offer(TYPE, src, 0, LENGTH);
        return ours.poll(copyOurs, 1);
    }

    @Benchmark
    public int hopAgrona() {
        agrona.write(TYPE, agronaSrc, 0, LENGTH);
        return agrona.read(copyAgrona, 1);
    }

    @Benchmark
    public int batchOurs() {
        for (int i = 0; i < BATCH; i++) {
            ours.offer(TYPE, src, 0, LENGTH);
        }
        return ours.poll(copyOurs, BATCH);
    }

    @Benchmark
    public int batchAgrona() {
        for (int i = 0; i < BATCH; i++) {
            agrona.write(TYPE, agronaSrc, 0, LENGTH);
        }
        return agrona.read(copyAgrona, BATCH);
    }

    private void copyAgrona(int type, MutableDirectBuffer buffer, int index, int length) {
        buffer.getBytes(index, dst, 0, length);
    }
}
