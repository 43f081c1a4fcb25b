package io.fluxrig.bench.engine;

import io.fluxrig.engine.gears.conductor.route.BinTable;
import io.fluxrig.engine.gears.conductor.route.BinTableFile;
import io.fluxrig.engine.gears.conductor.route.RouteTable;
import io.fluxrig.engine.gears.conductor.route.RouteTable.Condition;
import io.fluxrig.engine.gears.conductor.route.ValueMatch;
import io.fluxrig.perf.buffer.Bytes;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.TreeMap;
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
 * The route of a request by its card number, in a table of {@code ranges} ranges that three routes share; beside
 * {@link TreeMap#floorEntry} of the JDK. Numbers are drawn so that each finds a range and hardly one is the one before.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
        value = 3,
        jvmArgsAppend = {"-Xms1500m", "-Xmx1500m"})
public class RouteBenchmark {
    private static final int NUMBERS = 1 << 16;
    private static final int DIGITS = 16;
    private static final long LEAD_FIRST = 400_000_000L;
    private static final long LEAD_STEP = 500;

    @Param({"10", "1000", "1000000"})
    int ranges;

    private final byte[][] numbers = new byte[NUMBERS][];
    private final String[] texts = new String[NUMBERS];
    private final TreeMap<String, Integer> jdk = new TreeMap<>();
    private BinTable table;
    private RouteTable routes;
    private RouteTable.Values values;
    private int next;

    @Setup
    public void fill() throws IOException {
        StringBuilder file = new StringBuilder(ranges * 24);
        for (int i = 0; i < ranges; i++) {
            long from = LEAD_FIRST + i * LEAD_STEP;
            file.append(from)
                    .append(',')
                    .append(from + LEAD_STEP - 1)
                    .append(",v")
                    .append(i % 3)
                    .append('\n');
            jdk.put(Long.toString(from), i % 3);
        }
        table = BinTableFile.load("ranges", new BufferedReader(new StringReader(file.toString())))
                .table();
        routes = new RouteTable(List.of(route("v0"), route("v1"), route("v2")));
        for (int i = 0; i < NUMBERS; i++) {
            long lead = LEAD_FIRST + Long.remainderUnsigned(Bytes.mix64(i), ranges * LEAD_STEP);
            texts[i] = lead + "1234567";
            numbers[i] = texts[i].getBytes(StandardCharsets.US_ASCII);
        }
        values = (source, into) -> {
            System.arraycopy(numbers[next], 0, into, 0, DIGITS);
            return DIGITS;
        };
    }

    private List<Condition> route(String value) {
        return List.of(new Condition(List.of("card.pan"), ValueMatch.InTable.of(table, List.of(value))));
    }

    @Benchmark
    public int route() {
        next = next + 1 & NUMBERS - 1;
        int route = routes.select(values);
        if (route < 0) {
            throw new IllegalStateException("no route");
        }
        return route;
    }

    @Benchmark
    public int search() {
        next = next + 1 & NUMBERS - 1;
        int found = table.find(numbers[next], 0, DIGITS);
        if (found < 0) {
            throw new IllegalStateException("no range");
        }
        return found;
    }

    @Benchmark
    public int searchTreeMap() {
        next = next + 1 & NUMBERS - 1;
        return jdk.floorEntry(texts[next]).getValue();
    }
}
