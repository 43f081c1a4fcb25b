package io.fluxrig.bench.iso;

import com.solab.iso8583.MessageFactory;
import io.fluxrig.iso.codec.IsoCodec;
import io.fluxrig.iso.codec.IsoMessage;
import java.io.UnsupportedEncodingException;
import java.text.ParseException;
import java.util.concurrent.TimeUnit;
import org.jpos.iso.ISOException;
import org.jpos.iso.ISOMsg;
import org.jpos.iso.ISOPackager;
import org.jpos.iso.packager.GenericPackager;
import org.jpos.iso.packager.ISO87APackager;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/**
 * What it takes to read a 0100 of 17 fields and then five of them (2, 4, 11, 37, 41).
 *
 * <pre>
 *   bytes --decode, every bound and class checked--> message --5 values--> consumed
 * </pre>
 *
 * jPOS and j8583 check less: no character classes.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(3)
public class DecodeBenchmark {

    private static final int[] READ = {2, 4, 11, 37, 41};

    private final IsoCodec codec = new IsoCodec(Authorization.dialect());
    private final IsoMessage message = new IsoMessage();
    private final byte[] value = new byte[64];
    private final MessageFactory<com.solab.iso8583.IsoMessage> j8583 = Authorization.j8583();
    private ISOPackager iso87a;
    private ISOPackager generic;

    /** Lets each read the message once, and compares what they read. */
    @Setup
    public void check() throws ISOException, ParseException, UnsupportedEncodingException {
        iso87a = new ISO87APackager();
        generic = new GenericPackager("jar:packager/iso87ascii.xml");
        int used = codec.decode(Authorization.WIRE, 0, Authorization.WIRE.length, message);
        ISOMsg byClass = unpack(iso87a);
        ISOMsg byXml = unpack(generic);
        com.solab.iso8583.IsoMessage byJ8583 = j8583.parseMessage(Authorization.WIRE, 0);
        for (int field : READ) {
            String text = message.text(field);
            boolean same = used == Authorization.WIRE.length
                    && text.equals(byClass.getString(field))
                    && text.equals(byXml.getString(field))
                    && text.equals(byJ8583.getObjectValue(field).toString());
            if (!same) {
                throw new IllegalStateException("field " + field + " is read differently: " + codec.error());
            }
        }
    }

    @Benchmark
    public void fluxrig(Blackhole hole) {
        hole.consume(codec.decode(Authorization.WIRE, 0, Authorization.WIRE.length, message));
        for (int field : READ) {
            hole.consume(message.copyTo(field, value, 0));
        }
    }

    @Benchmark
    public void jposIso87A(Blackhole hole) throws ISOException {
        readJpos(unpack(iso87a), hole);
    }

    @Benchmark
    public void jposGeneric(Blackhole hole) throws ISOException {
        readJpos(unpack(generic), hole);
    }

    @Benchmark
    public void j8583(Blackhole hole) throws ParseException, UnsupportedEncodingException {
        com.solab.iso8583.IsoMessage parsed = j8583.parseMessage(Authorization.WIRE, 0);
        for (int field : READ) {
            Object read = parsed.getObjectValue(field);
            hole.consume(read);
        }
    }

    private static ISOMsg unpack(ISOPackager packager) throws ISOException {
        ISOMsg unpacked = new ISOMsg();
        unpacked.setPackager(packager);
        unpacked.unpack(Authorization.WIRE);
        return unpacked;
    }

    private static void readJpos(ISOMsg unpacked, Blackhole hole) {
        for (int field : READ) {
            hole.consume(unpacked.getString(field));
        }
    }
}
