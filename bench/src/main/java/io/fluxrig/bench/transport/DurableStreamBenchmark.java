package io.fluxrig.bench.transport;

import io.fluxrig.engine.message.IsoPayload;
import io.fluxrig.transport.cbor.CborFault;
import io.fluxrig.transport.journal.store.SyncMode;
import io.fluxrig.transport.msg.FluxMsg;
import io.fluxrig.transport.msg.FluxMsgReader;
import io.fluxrig.transport.msg.FluxMsgWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import net.openhft.chronicle.bytes.Bytes;
import net.openhft.chronicle.queue.ExcerptAppender;
import net.openhft.chronicle.queue.ExcerptTailer;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueue;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueueBuilder;
import net.openhft.chronicle.queue.rollcycles.LegacyRollCycles;
import net.openhft.chronicle.wire.DocumentContext;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Messages per second from the sender to the receiver: through a bare Chronicle Queue that gets the finished CBOR and gives it
 * back as bytes, and through the durable lane, which writes the CBOR, seals, keeps, opens, reads and acknowledges.
 *
 * <pre>
 *   bare:  bytes --append--> file --tail--> bytes                                    one thread
 *   bareMessages:  FluxMsg --CBOR--> bytes --append--> file --tail--> bytes --CBOR--> FluxMsg
 *   lane:  FluxMsg --CBOR, ring--> seal --append--> file --tail--> open --ring, CBOR--> FluxMsg
 *          '------ strip ------'   '--------- journal's thread ----------'  '---- strip ----'
 * </pre>
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(
        value = 2,
        jvmArgsAppend = {
            "--add-opens=java.base/java.lang.reflect=ALL-UNNAMED",
            "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED"
        })
public class DurableStreamBenchmark {
    private static final int MESSAGES = 4096;
    private static final int BATCH = 64;
    /** Invocations that fill a file of the bare queue: about what a segment of the lane holds. */
    private static final int FILE_INVOCATIONS = 24;

    /** As an I/O gear sends it, or decoded, with its fields written out beside the wire bytes. */
    @Param({"raw", "decoded"})
    public String message;

    private final byte[] bytes = new byte[4096];
    private final byte[] back = new byte[4096];
    private final FluxMsgWriter writer = new FluxMsgWriter();
    private final FluxMsgReader reader = new FluxMsgReader();
    private final FluxMsg tailed = new FluxMsg();
    private final IsoPayload payload = new IsoPayload();
    private FluxMsg sample;
    private int length;
    private Path folder;
    private SingleChronicleQueue queue;
    private ExcerptAppender appender;
    private ExcerptTailer tailer;
    private LaneUnderTest lane;
    private int invocations;
    private volatile long cycle = 1;

    @Setup
    public void open() throws IOException {
        sample = SampleMessage.decoded();
        if (message.equals("raw")) {
            sample.payload(null);
        }
        length = writer.write(sample, bytes, 0, bytes.length);
        folder = Files.createTempDirectory("bare-queue");
        queue = SingleChronicleQueueBuilder.binary(folder)
                .rollCycle(LegacyRollCycles.MINUTELY)
                .blockSize(64 << 20)
                .timeProvider(() -> cycle * 60_000L)
                .storeFileListener((cycle, file) -> file.delete())
                .build();
        appender = queue.createAppender();
        tailer = queue.createTailer();
        lane = new LaneUnderTest(SyncMode.OS);
    }

    @TearDown
    public void close() throws IOException {
        lane.close();
        tailer.close();
        appender.close();
        queue.close();
        LaneUnderTest.delete(folder);
    }

    @Benchmark
    @OperationsPerInvocation(MESSAGES)
    public long bare() {
        nextFile();
        for (int i = 0; i < MESSAGES; i += BATCH) {
            for (int j = 0; j < BATCH; j++) {
                try (DocumentContext context = appender.writingDocument()) {
                    context.wire().bytes().write(bytes, 0, length);
                }
            }
            for (int j = 0; j < BATCH; j++) {
                try (DocumentContext context = tailer.readingDocument()) {
                    Bytes<?> document = context.wire().bytes();
                    if (document.read(back, 0, (int) document.readRemaining()) != length) {
                        throw new IllegalStateException("a message lost its bytes");
                    }
                }
            }
        }
        return back[length - 1];
    }

    /** What a gear would have to do with a bare queue: write the CBOR, append, tail, read the CBOR. */
    @Benchmark
    @OperationsPerInvocation(MESSAGES)
    public long bareMessages() {
        nextFile();
        for (int i = 0; i < MESSAGES; i += BATCH) {
            for (int j = 0; j < BATCH; j++) {
                int written = writer.write(sample, bytes, 0, bytes.length);
                try (DocumentContext context = appender.writingDocument()) {
                    context.wire().bytes().write(bytes, 0, written);
                }
            }
            for (int j = 0; j < BATCH; j++) {
                try (DocumentContext context = tailer.readingDocument()) {
                    Bytes<?> document = context.wire().bytes();
                    int read = document.read(back, 0, (int) document.readRemaining());
                    if (reader.read(back, 0, read, tailed, payload::readFrom) != CborFault.NONE) {
                        throw new IllegalStateException("a message lost its bytes");
                    }
                }
            }
        }
        return tailed.id();
    }

    private void nextFile() {
        if (++invocations % FILE_INVOCATIONS == 0) {
            cycle = invocations / FILE_INVOCATIONS + 1L;
        }
    }

    @Benchmark
    @OperationsPerInvocation(MESSAGES)
    public long lane() {
        long until = lane.received() + MESSAGES;
        int sent = 0;
        while (lane.received() < until) {
            long before = sent + lane.received();
            for (int j = 0; j < BATCH && sent < MESSAGES && lane.send(sample); j++) {
                sent++;
            }
            lane.endBatch();
            if (sent + lane.received() == before) {
                Thread.onSpinWait();
            }
        }
        return lane.received();
    }
}
