package io.fluxrig.bench.engine;

import io.fluxrig.bench.rack.PaymentSwitch;
import io.fluxrig.engine.gear.GearStartException;
import io.fluxrig.engine.gear.Outcome;
import io.fluxrig.iso.codec.IsoCodec;
import io.fluxrig.iso.codec.IsoMessage;
import io.fluxrig.iso.spec.SpecLoader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
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
 * costs, eight requests to a read. Three of four go to scheme A, one to scheme B, which is another dialect. The benchmark's own
 * hosts are part of {@code walk}; {@code issuer} is what one answer of theirs costs, to be taken off.
 *
 * <pre>
 *   terminals -> decode -> netmgmt -> conductor -> encode -> | issuer | -> decode -> conductor -> encode -> terminals
 * </pre>
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 8, time = 1)
@Measurement(iterations = 24, time = 200, timeUnit = TimeUnit.MILLISECONDS)
@Fork(
        value = 3,
        jvmArgsAppend = {"-Xms1g", "-Xmx1g", "-XX:+UseParallelGC"})
public class WalkBenchmark {
    private static final int CONNECTIONS = 32;
    private static final int REQUESTS = 8;
    private static final int DIALECTS_APART = 4;
    private static final Path CONFIG = Path.of("config");
    private static final Path TERMINALS_DIALECT = CONFIG.resolve("specs/v87-ascii.yaml");
    private static final String TRACE = "777777";
    private static final String TERMINAL = "TERM9999";
    private static final int TERMINAL_DIGITS = 4;

    /** Outcomes kept for retransmissions at most: few stay in a cache, many do not. */
    @Param({"256", "65536"})
    int kept;

    private final byte[][] requests = new byte[2][];
    private final int[] traceAt = new int[2];
    private final int[] terminalAt = new int[2];
    private LoopRack rack;
    private LoopLine terminals;
    private LoopIssuer[] issuers;
    private long number;

    /** Builds the rack, its hosts and a request for each scheme. */
    @Setup
    public void open() throws IOException, GearStartException {
        String scenario = PaymentSwitch.original()
                .with("retain_after_close: 5s", "retain_after_close: 5s, retain_max: " + kept)
                .toString();
        rack = new LoopRack(CONFIG.resolve("scenarios/payment-switch.yaml"), scenario);
        terminals = rack.line("terminals");
        issuers = new LoopIssuer[] {
            new LoopIssuer(rack.line("scheme_a1"), TERMINALS_DIALECT),
            new LoopIssuer(rack.line("scheme_a2"), TERMINALS_DIALECT),
            new LoopIssuer(rack.line("scheme_b"), CONFIG.resolve("specs/scheme-b-bcd.yaml"))
        };
        request(0, "4111110000000010");
        request(1, "5412340000000016");
    }

    private void request(int scheme, String card) {
        Map<Integer, String> fields = Map.ofEntries(
                Map.entry(2, card),
                Map.entry(3, "000000"),
                Map.entry(4, "000000012345"),
                Map.entry(7, "1123082312"),
                Map.entry(11, TRACE),
                Map.entry(12, "082312"),
                Map.entry(13, "1123"),
                Map.entry(14, "2912"),
                Map.entry(18, "5411"),
                Map.entry(22, "051"),
                Map.entry(25, "00"),
                Map.entry(32, "123456"),
                Map.entry(37, "732812345678"),
                Map.entry(41, TERMINAL),
                Map.entry(42, "MERCHANT0000001"),
                Map.entry(43, "ACME STORE 0001          NEW YORK     US"),
                Map.entry(49, "840"));
        IsoMessage message = new IsoMessage();
        message.setMti(100);
        fields.forEach(message::setAscii);
        byte[] bytes = new byte[1024];
        int length = new IsoCodec(SpecLoader.load(TERMINALS_DIALECT).spec().wire()).encode(message, bytes, 0);
        requests[scheme] = Arrays.copyOf(bytes, length);
        String text = new String(requests[scheme], StandardCharsets.ISO_8859_1);
        traceAt[scheme] = text.indexOf(TRACE);
        terminalAt[scheme] = text.indexOf(TERMINAL) + TERMINAL.length() - TERMINAL_DIGITS;
    }

    /** From request to answer, each with a trace number of its own. */
    @Benchmark
    @OperationsPerInvocation(CONNECTIONS * REQUESTS)
    public int walk() {
        long epochNs = System.currentTimeMillis() * 1_000_000;
        for (int connection = 1; connection <= CONNECTIONS; connection++) {
            for (int i = 0; i < REQUESTS; i++) {
                ask(connection, i % DIALECTS_APART == 0 ? 1 : 0, epochNs);
            }
            rack.turn();
        }
        for (LoopIssuer issuer : issuers) {
            issuer.answerAll(epochNs);
        }
        rack.turn();
        int answered = terminals.count();
        if (answered != CONNECTIONS * REQUESTS) {
            throw new IllegalStateException(answered + " answers to " + CONNECTIONS * REQUESTS + " requests");
        }
        while (terminals.count() > 0) {
            terminals.taken();
        }
        return answered;
    }

    private void ask(int connection, int scheme, long epochNs) {
        byte[] request = requests[scheme];
        digits(request, traceAt[scheme], TRACE.length(), number);
        digits(request, terminalAt[scheme], TERMINAL_DIGITS, number / 1_000_000);
        number++;
        if (terminals.receive(connection, request, request.length, epochNs) != Outcome.ACCEPTED) {
            throw new IllegalStateException("a request was not taken");
        }
    }

    private static void digits(byte[] bytes, int at, int count, long value) {
        long rest = value;
        for (int i = count - 1; i >= 0; i--) {
            bytes[at + i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
    }

    /** One answer of a host of the benchmark's own. */
    @Benchmark
    public int issuer() {
        return issuers[0].answer(requests[0], requests[0].length);
    }
}
