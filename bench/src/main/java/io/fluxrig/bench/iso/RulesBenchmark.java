package io.fluxrig.bench.iso;

import io.fluxrig.iso.check.AnswerCheck;
import io.fluxrig.iso.check.MessageCheck;
import io.fluxrig.iso.codec.IsoCodec;
import io.fluxrig.iso.codec.IsoMessage;
import io.fluxrig.iso.spec.Spec;
import io.fluxrig.iso.spec.SpecLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
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
 * What it takes to hold a message against all that {@code config/specs/v87-ascii.yaml} says of it, beside reading it.
 *
 * <pre>
 *   decode          bytes -> message
 *   decodeAndCheck  bytes -> message -> usages, tables, formats, Luhn, checks
 *   answer          the same of its 0110, and that against the request
 * </pre>
 *
 * The rules cost the difference of the first two. {@code wrong} breaks three of them, so that telling is measured too.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(3)
public class RulesBenchmark {
    /** The same with a wrong check digit, a month 13, and without its terminal. */
    private static final byte[] WRONG = ("0100" + "723C448108608000"
                    + "164761739001010118" + "000000" + "000000012345" + "1323082312" + "123456" + "082312" + "1123"
                    + "2612"
                    + "5411" + "051" + "00" + "06123456" + "732812345678" + "MERCHANT0000001"
                    + "ACME STORE 0001          NEW YORK     US" + "840")
            .getBytes(StandardCharsets.US_ASCII);

    /** Whether the message keeps all rules. */
    @Param({"right", "wrong"})
    public String message;

    private final Spec spec =
            SpecLoader.load(Path.of("config", "specs", "v87-ascii.yaml")).orThrow();
    private final IsoCodec codec = new IsoCodec(spec.wire());
    private final MessageCheck check = new MessageCheck(spec);
    private final AnswerCheck repeats = new AnswerCheck(spec);
    private final IsoMessage request = new IsoMessage();
    private final IsoMessage response = new IsoMessage();
    private byte[] wire;

    /** Checks each message once and compares what was found. */
    @Setup
    public void check() {
        boolean right = message.equals("right");
        wire = right ? Authorization.WIRE : WRONG;
        require(
                decodeAndCheck(),
                right ? 0 : 3,
                codec.error() + " " + check.violations().text());
        require(check.violations().text().contains("41 missing reject") ? 1 : 0, right ? 0 : 1, "41");
        require(decode(), wire.length, codec.error().toString());
        byte[] answer = Authorization.RESPONSE;
        codec.decode(Authorization.WIRE, 0, Authorization.WIRE.length, request);
        require(codec.decode(answer, 0, answer.length, response), answer.length, "0110");
        require(check.check(response), 0, check.violations().text());
        require(repeats.check(response, request), 0, repeats.violations().text());
    }

    private static void require(int found, int expected, String what) {
        if (found != expected) {
            throw new IllegalStateException("found " + found + ", expected " + expected + ": " + what);
        }
    }

    @Benchmark
    public int decode() {
        return codec.decode(wire, 0, wire.length, request);
    }

    @Benchmark
    public int decodeAndCheck() {
        codec.decode(wire, 0, wire.length, request);
        return check.check(request);
    }

    @Benchmark
    public int answer() {
        codec.decode(Authorization.WIRE, 0, Authorization.WIRE.length, request);
        codec.decode(Authorization.RESPONSE, 0, Authorization.RESPONSE.length, response);
        return check.check(response) + repeats.check(response, request);
    }
}
