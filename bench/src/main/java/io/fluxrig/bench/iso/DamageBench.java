package io.fluxrig.bench.iso;

import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code bin/bench damage}: millions of malformed messages and frames through the decoders. */
@Command(
        name = "bench damage",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Messages of every dialect with bytes changed, cut off, put in: no exception, no hang, no leak.",
        footer = {"", "Exit code 0: all went well; 1: not so, and what replays it."})
public final class DamageBench implements Callable<Integer> {
    private static final double MS_NS = 1e6;

    @Option(names = "--inputs", description = "how many (${DEFAULT-VALUE})")
    long inputs = 10_000_000;

    @Option(names = "--seed", description = "of what is made up (${DEFAULT-VALUE})")
    long seed = 8583;

    @Option(names = "--slow-max", paramLabel = "MS", description = "longest that one input may take (${DEFAULT-VALUE})")
    long slowMaxMs = 1000;

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new DamageBench()).execute(arguments));
    }

    @Override
    public Integer call() {
        DamageRun run = new DamageRun(seed);
        long startNs = System.nanoTime();
        String failure = run.go(inputs);
        double seconds = (System.nanoTime() - startNs) / 1e9;
        System.out.printf(
                Locale.ROOT,
                "%,d inputs of %d dialects and %d framings in %.0f s%n",
                run.inputs(),
                run.dialects(),
                run.framings(),
                seconds);
        for (Map.Entry<String, Long> outcome : run.outcomes().entrySet()) {
            System.out.printf(Locale.ROOT, "  %-28s %,14d%n", outcome.getKey(), outcome.getValue());
        }
        double slowestMs = run.slowestNs() / MS_NS;
        System.out.printf(
                Locale.ROOT,
                "slowest input %.1f ms; heap %+,d KiB between a tenth and the end%n",
                slowestMs,
                run.heapGrowth() >> 10);
        if (failure != null) {
            System.out.println("FAILED: " + failure);
        }
        boolean good = failure == null && slowestMs <= slowMaxMs && run.heapGrowth() <= DamageRun.HEAP_GROWTH_MAX;
        System.out.println(good ? "no exception, no hang, no leak" : "not so");
        return good ? 0 : 1;
    }
}
