package io.fluxrig.bench.engine;

import io.fluxrig.bench.rack.PaymentSwitch;
import io.fluxrig.engine.gear.Outcome;
import io.fluxrig.iso.codec.IsoCodec;
import io.fluxrig.iso.codec.IsoMessage;
import io.fluxrig.iso.spec.SpecLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
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
 * The walk of an authorization through every gear of the payment switch, both ways, without a kernel: what the engine itself
 * costs. {@code issuers} is the part of it that the benchmark's own hosts take, to be taken off.
 *
 * <pre>
 *   terminals -> decode -> netmgmt -> conductor -> encode -> | issuer | -> decode -> conductor -> encode -> terminals
 * </pre>
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(value = 1, jvmArgsAppend = {"-Xms1g", "-Xmx1g", "-XX:+UseParallelGC"})
public class WalkBenchmark {
    private static final int CONNECTIONS = 32;
    private static final int BATCH = 8;
    private static final String[] CARDS = {"4111110000000010", "5412340000000016"};

    /** Messages in flight on each of 32 connections. */
    @Param({"8"})
    int inFlight;

    /** Outcomes kept for retransmissions at most. */
    @Param({"262144"})
    int kept;

    private LoopHost host;
    private LoopLine terminals;
    private Issuer a1;
    private Issuer a2;
    private Issuer b;
    private final byte[][] requests = new byte[CARDS.length][];
    private final int[] traceAt = new int[CARDS.length];
    private final int[] terminalAt = new int[CARDS.length];
    private long next;

    /** A host that approves: decode, two fields in, encode. */
    private static final class Issuer {
        private static final byte[] APPROVED = {'0', '0'};
        private static final byte[] AUTHORIZATION = "123456".getBytes(StandardCharsets.US_ASCII);
        private final LoopLine line;
        private final IsoCodec codec;
        private final IsoMessage message = new IsoMessage();
        private final byte[] answer = new byte[1024];

        Issuer(LoopLine line, String spec) {
            this.line = line;
            this.codec = new IsoCodec(SpecLoader.load(Path.of(spec)).spec().wire());
        }

        int answer(byte[] bytes, int length) {
            if (codec.decode(bytes, 0, length, message) < 0) {
                throw new IllegalStateException("the issuer cannot read it");
            }
            message.setMti(message.mti() + 10);
            message.set(38, AUTHORIZATION, 0, AUTHORIZATION.length);
            message.set(39, APPROVED, 0, APPROVED.length);
            return codec.encode(message, answer, 0);
        }

        void answerAll() {
            while (line.count() > 0) {
                int length = answer(line.bytes(), line.length());
                line.taken();
                if (line.receive(1, answer, length, System.currentTimeMillis() * 1_000_000) != Outcome.ACCEPTED) {
                    throw new IllegalStateException("an answer was not taken");
                }
            }
        }
    }

    @Setup
    public void open() throws Exception {
        Path file = Path.of("config/scenarios/payment-switch.yaml");
        host = new LoopHost(file, PaymentSwitch.original()
                .with("retain_after_close: 5s", "retain_after_close: 5s, retain_max: " + kept)
                .toString());
        terminals = host.line("terminals");
        a1 = new Issuer(host.line("scheme_a1"), "config/specs/v87-ascii.yaml");
        a2 = new Issuer(host.line("scheme_a2"), "config/specs/v87-ascii.yaml");
        b = new Issuer(host.line("scheme_b"), "config/specs/scheme-b-bcd.yaml");
        IsoCodec codec = new IsoCodec(
                SpecLoader.load(Path.of("config/specs/v87-ascii.yaml")).spec().wire());
        for (int i = 0; i < CARDS.length; i++) {
            IsoMessage request = new IsoMessage();
            request.setMti(100);
            set(request, 2, CARDS[i]);
            set(request, 3, "000000");
            set(request, 4, "000000012345");
            set(request, 7, "1123082312");
            set(request, 11, "777777");
            set(request, 12, "082312");
            set(request, 13, "1123");
            set(request, 14, "2912");
            set(request, 18, "5411");
            set(request, 22, "051");
            set(request, 25, "00");
            set(request, 32, "123456");
            set(request, 37, "732812345678");
            set(request, 41, "TERM0001");
            set(request, 42, "MERCHANT0000001");
            set(request, 43, "ACME STORE 0001          NEW YORK     US");
            set(request, 49, "840");
            byte[] bytes = new byte[1024];
            int length = codec.encode(request, bytes, 0);
            requests[i] = java.util.Arrays.copyOf(bytes, length);
            String text = new String(requests[i], StandardCharsets.ISO_8859_1);
            traceAt[i] = text.indexOf("777777");
            terminalAt[i] = text.indexOf("TERM0001") + 4;
        }
    }

    private static void set(IsoMessage message, int field, String value) {
        byte[] bytes = value.getBytes(StandardCharsets.US_ASCII);
        message.set(field, bytes, 0, bytes.length);
    }

    private static void digits(byte[] bytes, int at, int count, long value) {
        long rest = value;
        for (int i = count - 1; i >= 0; i--) {
            bytes[at + i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
    }

    @Benchmark
    @OperationsPerInvocation(CONNECTIONS * BATCH)
    public int walk() {
        long epochNs = System.currentTimeMillis() * 1_000_000;
        for (int connection = 0; connection < CONNECTIONS; connection++) {
            for (int i = 0; i < inFlight; i++) {
                int card = i % 4 == 0 ? 1 : 0;
                byte[] request = requests[card];
                digits(request, traceAt[card], 6, next % 1_000_000);
                digits(request, terminalAt[card], 4, next / 1_000_000 % 10_000);
                next++;
                if (terminals.receive(connection + 1, request, request.length, epochNs) != Outcome.ACCEPTED) {
                    throw new IllegalStateException("a request was not taken");
                }
            }
            host.endBatch();
        }
        a1.answerAll();
        a2.answerAll();
        b.answerAll();
        host.endBatch();
        int answered = terminals.count();
        if (answered != CONNECTIONS * inFlight) {
            throw new IllegalStateException(answered + " answers");
        }
        while (terminals.count() > 0) {
            terminals.taken();
        }
        return answered;
    }

    @Benchmark
    public int issuer() {
        return a1.answer(requests[0], requests[0].length);
    }
}
