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
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Group;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Records of 300 bytes from one thread to another, ours beside Agrona's; the figure is {@code received}: records that arrived.
 *
 * <pre>
 *   producer thread: byte[300] --offer--> ring (1 MiB, off-heap) --poll, up to 64--> byte[300] : consumer thread
 * </pre>
 *
 * A producer that finds the ring full spins, as does a consumer that finds it empty. Needs two idle cores.
 */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 3, jvmArgsAppend = "--add-opens=java.base/jdk.internal.misc=ALL-UNNAMED")
public class RingStreamBenchmark {

    private static final int POLL_LIMIT = 64;

    /** The rings and what producer and consumer own. */
    @State(Scope.Group)
    public static class Rings {
        final byte[] src = new byte[RingHopBenchmark.LENGTH];
        final UnsafeBuffer agronaSrc = new UnsafeBuffer(src);
        final SpscRing ours = new SpscRing(RingHopBenchmark.CAPACITY);
        final OneToOneRingBuffer agrona = new OneToOneRingBuffer(new UnsafeBuffer(
                ByteBuffer.allocateDirect(RingHopBenchmark.CAPACITY + RingBufferDescriptor.TRAILER_LENGTH)));
    }

    /** The consumer's copy and its count. */
    @State(Scope.Thread)
    @AuxCounters
    public static class Received {
        public long received;
        final byte[] dst = new byte[RingHopBenchmark.LENGTH];
        final RecordHandler copyOurs = (type, memory, offset, length) -> memory.get(offset, dst, 0, length);

        void copyAgrona(int type, MutableDirectBuffer buffer, int index, int length) {
            buffer.getBytes(index, dst, 0, length);
        }
    }

    /** Agrona's handler made once, as ours is. */
    @State(Scope.Thread)
    public static class AgronaHandler {
        private Received of;
        private MessageHandler handler;

        MessageHandler of(Received received) {
            if (of != received) {
                of = received;
                handler = received::copyAgrona;
            }
            return handler;
        }
    }

    @Benchmark
    @Group("streamOurs")
    public int offerOurs(Rings rings) {
        int result = rings.ours.offer(RingHopBenchmark.TYPE, rings.src, 0, RingHopBenchmark.LENGTH);
        if (result != SpscRing.OK) {
            Thread.onSpinWait();
        }
        return result;
    }

    @Benchmark
    @Group("streamOurs")
    public void pollOurs(Rings rings, Received received) {
        int count = rings.ours.poll(received.copyOurs, POLL_LIMIT);
        received.received += count;
        if (count == 0) {
            Thread.onSpinWait();
        }
    }

    @Benchmark
    @Group("streamAgrona")
    public boolean offerAgrona(Rings rings) {
        boolean written = rings.agrona.write(RingHopBenchmark.TYPE, rings.agronaSrc, 0, RingHopBenchmark.LENGTH);
        if (!written) {
            Thread.onSpinWait();
        }
        return written;
    }

    @Benchmark
    @Group("streamAgrona")
    public void pollAgrona(Rings rings, Received received, AgronaHandler handler) {
        int count = rings.agrona.read(handler.of(received), POLL_LIMIT);
        received.received += count;
        if (count == 0) {
            Thread.onSpinWait();
        }
    }
}
