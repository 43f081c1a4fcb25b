package io.fluxrig.bench.iso;

import com.solab.iso8583.IsoType;
import com.solab.iso8583.MessageFactory;
import io.fluxrig.iso.codec.IsoCodec;
import io.fluxrig.iso.codec.IsoMessage;
import java.io.UnsupportedEncodingException;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.Arrays;
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

/**
 * What it takes to answer: a 0100 read, turned into a 0110 (14 out, 38 and 39 in), written.
 *
 * <pre>
 *   bytes --decode--> message --MTI 0110, -14, +38, +39--> message --encode--> bytes
 * </pre>
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(3)
public class SwitchBenchmark {

    private static final byte[] APPROVAL = "A1B2C3".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] APPROVED = "00".getBytes(StandardCharsets.US_ASCII);

    private final IsoCodec codec = new IsoCodec(Authorization.dialect());
    private final IsoMessage message = new IsoMessage();
    private final byte[] out = new byte[512];
    private final MessageFactory<com.solab.iso8583.IsoMessage> j8583 = Authorization.j8583();
    private ISOPackager iso87a;
    private ISOPackager generic;

    /** Lets each answer once, and compares the answers with the one expected. */
    @Setup
    public void check() throws ISOException, ParseException, UnsupportedEncodingException {
        iso87a = new ISO87APackager();
        generic = new GenericPackager("jar:packager/iso87ascii.xml");
        require("fluxrig", Arrays.equals(Arrays.copyOf(out, fluxrig()), Authorization.RESPONSE));
        require("jPOS ISO87APackager", Arrays.equals(jposIso87A(), Authorization.RESPONSE));
        require("jPOS GenericPackager", Arrays.equals(jposGeneric(), Authorization.RESPONSE));
        require("j8583", Arrays.equals(j8583(), Authorization.RESPONSE));
    }

    private static void require(String who, boolean same) {
        if (!same) {
            throw new IllegalStateException(who + " answers differently");
        }
    }

    @Benchmark
    public int fluxrig() {
        codec.decode(Authorization.WIRE, 0, Authorization.WIRE.length, message);
        message.setMti(110);
        message.unset(14);
        message.set(38, APPROVAL, 0, APPROVAL.length);
        message.set(39, APPROVED, 0, APPROVED.length);
        return codec.encode(message, out, 0);
    }

    @Benchmark
    public byte[] jposIso87A() throws ISOException {
        return jpos(iso87a);
    }

    @Benchmark
    public byte[] jposGeneric() throws ISOException {
        return jpos(generic);
    }

    private static byte[] jpos(ISOPackager packager) throws ISOException {
        ISOMsg unpacked = new ISOMsg();
        unpacked.setPackager(packager);
        unpacked.unpack(Authorization.WIRE);
        unpacked.setResponseMTI();
        unpacked.unset(14);
        unpacked.set(38, "A1B2C3");
        unpacked.set(39, "00");
        return unpacked.pack();
    }

    @Benchmark
    public byte[] j8583() throws ParseException, UnsupportedEncodingException {
        com.solab.iso8583.IsoMessage parsed = j8583.parseMessage(Authorization.WIRE, 0);
        com.solab.iso8583.IsoMessage answer = j8583.createResponse(parsed);
        answer.removeFields(14);
        answer.setValue(38, "A1B2C3", IsoType.ALPHA, 6);
        answer.setValue(39, "00", IsoType.ALPHA, 2);
        return answer.writeData();
    }
}
