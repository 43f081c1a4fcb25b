package io.fluxrig.bench.soak;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.fluxrig.bench.rack.RackFigures;
import io.fluxrig.bench.rack.RackOptions;
import io.fluxrig.load.LoadException;
import io.fluxrig.load.mix.MixException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code bin/bench soak}: as many transactions as a rack does in half a day, with everything going wrong meanwhile. */
@Command(
        name = "bench soak",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Many transactions through one rack with faults: memory, leaks, drift, every answer.",
        footer = {"", "Exit code 0: every check passes; 1: not so."})
public final class SoakBench implements Callable<Integer> {
    private static final int FAILED = 1;
    private static final double MIB = 1 << 20;

    @Option(names = "--count", description = "transactions (${DEFAULT-VALUE})")
    long count = 20_000_000;

    @Option(names = "--cycles", description = "of trouble, recovery, calm and quiet (${DEFAULT-VALUE})")
    int cycles = 12;

    @Option(names = "--seed", description = "of what the vandal does (${DEFAULT-VALUE})")
    long seed = 1;

    @Option(names = "--drift-max", description = "p99 of the last third through that of the first (${DEFAULT-VALUE})")
    double driftMax = 1.5;

    @Mixin
    RackOptions rack;

    @Option(names = "--json", paramLabel = "FILE", description = "write checks, counts, and every cycle's figures")
    Path json;

    private final Books books = new Books();
    private final List<Calm> calm = new ArrayList<>();
    private final List<Footprint> quiet = new ArrayList<>();

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new SoakBench()).execute(arguments));
    }

    @Override
    public Integer call() throws IOException, InterruptedException, LoadException, MixException {
        if (cycles < 2 || count < cycles) {
            System.err.println(
                    "--cycles " + cycles + ", --count " + count + ": two cycles at least, a transaction in each");
            return CommandLine.ExitCode.USAGE;
        }
        long startMs = System.currentTimeMillis();
        try (SoakRig rig = SoakRig.start(rack)) {
            Soak soak = new Soak(rig, books);
            long deeds;
            try (Vandal vandal = Vandal.start(rig.rack().port(), seed)) {
                for (int cycle = 0; cycle < cycles; cycle++) {
                    double tps = cycle(soak, cycle);
                    show(cycle, tps, (System.currentTimeMillis() - startMs) / 1e3);
                }
                deeds = vandal.deeds();
            }
            soak.forget();
            quiet.add(soak.quiet());
            RackFigures idle = rig.rack().figures();
            Map<String, Object> faults = faults(idle, rig.killed(), deeds);
            List<Check> checks = SoakChecks.of(books, quiet, calm, idle, driftMax);
            report(checks, faults, (System.currentTimeMillis() - startMs) / 1e3);
            return checks.stream().allMatch(Check::passes) ? 0 : FAILED;
        }
    }

    private double cycle(Soak soak, int cycle) throws IOException, InterruptedException, LoadException {
        long until = count * (cycle + 1) / cycles;
        double tps = soak.trouble(Math.max(1, until - books.answered()), cycle % 2);
        soak.recover();
        calm.add(soak.calm());
        quiet.add(soak.quiet());
        return tps;
    }

    private void show(int cycle, double tps, double elapsedS) {
        Footprint now = quiet.get(cycle);
        System.out.printf(
                Locale.ROOT,
                "%3d of %d  %,12d transactions  %,8.0f/s  calm p99 %,7.0f us  RAM %5.0f  heap %5.1f  direct %5.1f MiB"
                        + "  about %.0f s left%n",
                cycle + 1,
                cycles,
                books.answered(),
                tps,
                calm.get(cycle).p99Us(),
                now.residentBytes() / MIB,
                now.heapBytes() / MIB,
                now.directBytes() / MIB,
                elapsedS / (cycle + 1) * (cycles - cycle - 1));
    }

    private static Map<String, Object> faults(RackFigures idle, long killed, long deeds) {
        Map<String, Object> faults = new LinkedHashMap<>();
        faults.put("issuers killed and restarted", killed);
        faults.put("deeds of the vandal", deeds);
        faults.put("terminals that came and went", (long) idle.sum("fluxrig_io_connections_opened_total"));
        faults.put("requests that timed out", (long) idle.sum("fluxrig_errors_total", "reason=\"timeout\""));
        faults.put("late answers", (long) idle.sum("fluxrig_unmatched_replies_total", "kind=\"late\""));
        faults.put("answers given twice", (long) idle.sum("fluxrig_unmatched_replies_total", "kind=\"duplicate\""));
        faults.put("outcomes whose terminal was gone", (long) idle.sum("fluxrig_answer_without_terminal_total"));
        faults.put("frames refused", (long) idle.sum("fluxrig_io_frames_refused_total"));
        return faults;
    }

    private void report(List<Check> checks, Map<String, Object> faults, double elapsedS) throws IOException {
        System.out.printf(Locale.ROOT, "%n%s%nin %.0f s, with%n", books, elapsedS);
        faults.forEach((name, value) -> System.out.printf(Locale.ROOT, "%,16d %s%n", (Long) value, name));
        checks.forEach(check -> System.out.println(check.line()));
        if (json != null) {
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put("java", System.getProperty("java.vm.name") + " " + System.getProperty("java.version"));
            fields.put("cores", Runtime.getRuntime().availableProcessors());
            fields.put("strips", rack.strips());
            fields.put("seconds", elapsedS);
            fields.put("counts", books.fields());
            fields.put("faults", faults);
            fields.put("checks", checks.stream().map(Check::fields).toList());
            fields.put("calm", calm.stream().map(Calm::fields).toList());
            fields.put("quiet", quiet.stream().map(Footprint::fields).toList());
            new ObjectMapper().writerWithDefaultPrettyPrinter().writeValue(json.toFile(), fields);
        }
    }
}
