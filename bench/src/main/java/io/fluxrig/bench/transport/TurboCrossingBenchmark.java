package io.fluxrig.bench.transport;

import io.fluxrig.engine.message.IsoPayload;
import io.fluxrig.iso.codec.IsoCodec;
import io.fluxrig.transport.cbor.CborFault;
import io.fluxrig.transport.cbor.CborReader;
import io.fluxrig.transport.lane.TurboReceiver;
import io.fluxrig.transport.lane.TurboSender;
import io.fluxrig.transport.lane.TurboWire;
import io.fluxrig.transport.msg.FluxMsg;
import io.fluxrig.transport.msg.MetaKey;
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
 * One decoded message over a turbo wire until the far side can read its fields: {@code raw} travels and is decoded again, or
 * {@code data} travels and is read. One thread, so it is the cost of the instructions.
 *
 * <pre>
 *   FluxMsg + IsoMessage --CBOR--> ring --CBOR--> FluxMsg + IsoMessage, DE 11 and 37 read
 * </pre>
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(3)
public class TurboCrossingBenchmark implements TurboReceiver.Handler {
    @Param({"raw", "data"})
    public String carried;

    private final TurboWire wire = new TurboWire(1 << 20);
    private final TurboSender sender = wire.sender(new byte[wire.messageLengthMax()]);
    private final TurboReceiver receiver = wire.receiver(new byte[wire.messageLengthMax()], 64);
    private final IsoCodec codec = new IsoCodec(SampleMessage.SPEC.wire());
    private final IsoPayload far = new IsoPayload();
    private final byte[] value = new byte[64];
    private FluxMsg message;
    private long sum;

    @Setup
    public void choose() {
        message = SampleMessage.decoded();
        if (carried.equals("data")) {
            message.meta().unset(MetaKey.CODEC_SPEC_HASH);
        }
    }

    @Benchmark
    public long crossing() {
        if (sender.send(1, message) != TurboWire.OK || receiver.poll(this, 1) != 1) {
            throw new IllegalStateException("the message did not cross");
        }
        sender.wipe();
        return sum;
    }

    @Override
    public void onMessage(int target, boolean dataLeftOut, FluxMsg arrived) {
        if (dataLeftOut) {
            codec.decode(arrived.raw(), arrived.rawOffset(), arrived.rawLength(), far.message());
        }
        if (far.message().copyTo(11, value, 0) != 6 || far.message().copyTo(37, value, 6) != 12) {
            throw new IllegalStateException("the message lost its fields");
        }
        sum += value[5] + value[17];
        far.wipe();
    }

    @Override
    public void onData(CborReader in) {
        far.readFrom(in);
    }

    @Override
    public void onFault(int target, int fault) {
        throw new IllegalStateException(CborFault.name(fault));
    }
}
