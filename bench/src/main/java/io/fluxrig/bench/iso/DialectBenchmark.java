package io.fluxrig.bench.iso;

import io.fluxrig.iso.codec.IsoCodec;
import io.fluxrig.iso.codec.IsoMessage;
import io.fluxrig.iso.wire.WireSpec;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
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
import org.openjdk.jmh.annotations.Warmup;

/**
 * What a field costs in each dialect: 17 fields of an authorization, none of them a composite, every bound and class checked, read, and written from
 * their values.
 *
 * <pre>
 *   bytes --decode--> message --encode in a dialect that did not read them--> bytes
 * </pre>
 *
 * The figure is for one field. Values are made up, of each field's own class and length.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class DialectBenchmark {
    /** Those of an authorization, and some to take where a dialect takes one of them apart. */
    private static final List<Integer> FIELDS =
            List.of(2, 3, 4, 7, 11, 12, 13, 14, 18, 22, 25, 32, 37, 41, 42, 43, 49, 38, 39, 5, 6);

    private static final int COUNT = 17;

    @Param({
        "fluxrig:v87-ascii",
        "fluxrig:v87-binary",
        "fluxrig:v87-ebcdic",
        "moov:spec87hex",
        "fluxrig:v93-ascii",
        "fluxrig:v93-binary",
        "jpos:iso87ascii",
        "jpos:iso87binary",
        "jpos:iso93ascii",
        "jpos:iso93binary",
        "jpos:cmf",
        "scheme-b-bcd"
    })
    private String dialect;

    private IsoCodec codec;
    private IsoCodec twin;
    private byte[] wire;
    private final IsoMessage message = new IsoMessage();
    private final IsoMessage read = new IsoMessage();
    private final byte[] out = new byte[4096];

    /** Makes the message, and lets both directions prove themselves on it. */
    @Setup
    public void check() {
        WireSpec w = BenchDialects.wire(dialect);
        codec = new IsoCodec(w);
        twin = new IsoCodec(
                new WireSpec("twin", w.mti(), w.bitmap(), w.fields(), w.limits(), w.trailing(), w.header()));
        List<Integer> plain = FIELDS.stream()
                .filter(field -> w.fields().get(field).composite() == null)
                .limit(COUNT)
                .toList();
        wire = new RandomMessages(w, new Random(8583)).bytes(100, plain);
        int used = decode();
        int fields = 0;
        for (int field = message.nextField(0); field > 0; field = message.nextField(field)) {
            fields++;
        }
        codec.decode(wire, 0, wire.length, read);
        int length = encode();
        if (used != wire.length || fields != COUNT || !Arrays.equals(wire, Arrays.copyOf(out, length))) {
            throw new IllegalStateException(dialect + ": used=" + used + " of " + wire.length + ", fields=" + fields
                    + ", written=" + length + ": " + codec.error() + twin.error());
        }
    }

    @Benchmark
    @OperationsPerInvocation(COUNT)
    public int decode() {
        return codec.decode(wire, 0, wire.length, message);
    }

    @Benchmark
    @OperationsPerInvocation(COUNT)
    public int encode() {
        return twin.encode(read, out, 0);
    }
}
