package io.fluxrig.bench.reload;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.fluxrig.bench.rack.PaymentSwitch;
import io.fluxrig.bench.rack.RackOptions;
import io.fluxrig.bench.rack.RackUnderTest;
import io.fluxrig.bench.rack.RackUnderTest.Load;
import io.fluxrig.bench.rack.RackUnderTest.Start;
import io.fluxrig.bench.rack.SchemeHosts;
import io.fluxrig.load.Counts;
import io.fluxrig.load.LoadException;
import io.fluxrig.load.LoadResult;
import io.fluxrig.load.LoadRun;
import io.fluxrig.load.mix.MixException;
import io.fluxrig.load.mix.MixLoader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code bin/bench reload}: p99 in the second in which a rack changes its scenario under load, beside the seconds before. */
@Command(
        name = "bench reload",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "A rack changes its scenario under an offered rate: latencies of that second, every answer.",
        footer = {
            "",
            "Changed in turn: the conductor, the terminals' server, the lines to a host, the BIN table. Exit code 0: every",
            "request approved exactly once, no connection lost, every change made, the median ratio within --ratio-max; 1: not so."
        })
public final class ReloadBench implements Callable<Integer> {
    private static final int FAILED = 1;
    private static final int GRACE_S = 15;
    /** In an open loop a terminal does not wait for its answers; this many are taken for endless. */
    private static final int IN_FLIGHT = 256;

    /** A second to prepare, that of the change, those in which it settles, and two to hold the next against. */
    private static final int EVERY_MIN_S = Effect.SETTLING + 4;

    private static final Path FOLDER = Path.of("bench/target/reload");
    private static final Path MIX = Path.of("bench/scenarios/two-schemes.yaml");

    @Option(names = "--rate", description = "requests a second, whatever is answered (${DEFAULT-VALUE})")
    int rate = 2_000;

    @Option(names = "--connections", description = "TCP connections (${DEFAULT-VALUE})")
    int connections = 32;

    @Option(names = "--changes", description = "of the scenario (${DEFAULT-VALUE})")
    int changes = 8;

    @Option(names = "--every", description = "seconds from one change to the next (${DEFAULT-VALUE})")
    int everyS = 12;

    @Option(names = "--warmup", description = "seconds before the first is prepared (${DEFAULT-VALUE})")
    int warmupS = 20;

    @Option(names = "--ratio-max", description = "p99 of a change's second through the normal one (${DEFAULT-VALUE})")
    double ratioMax = 3;

    @Mixin
    RackOptions options;

    @Option(names = "--json", paramLabel = "FILE", description = "write counts and every change's figures")
    Path json;

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new ReloadBench()).execute(arguments));
    }

    @Override
    public Integer call() throws IOException, InterruptedException, LoadException, MixException, ExecutionException {
        if (changes < 1 || everyS < EVERY_MIN_S || warmupS < 1 || rate < 1) {
            System.err.printf(
                    "--changes %d, --every %d, --warmup %d, --rate %d: one at least, but %d s between changes%n",
                    changes, everyS, warmupS, rate, EVERY_MIN_S);
            return CommandLine.ExitCode.USAGE;
        }
        Edits edits = new Edits(FOLDER.resolve("scenario"), Path.of("config/scenarios"));
        try (SchemeHosts schemes = SchemeHosts.start(FOLDER);
                RackUnderTest rack = RackUnderTest.launch(new Start(
                        "fluxrig",
                        FOLDER,
                        edits.scenario(),
                        settings(),
                        options.flags(),
                        PaymentSwitch.hosts(schemes.schemeA(), schemes.schemeB(), schemes.schemeB())))) {
            return measure(rack, edits) ? 0 : FAILED;
        }
    }

    /** What came of a change is said once it is made: its trial is none of it. */
    private List<String> settings() {
        List<String> settings = new ArrayList<>(List.of("rack.reload_trial=0s"));
        settings.addAll(options.settings());
        return settings;
    }

    private boolean measure(RackUnderTest rack, Edits edits)
            throws IOException, InterruptedException, LoadException, MixException, ExecutionException {
        int timeMaxS = warmupS + changes * (everyS + GRACE_S) + GRACE_S;
        LoadRun load = rack.loadRun(
                new Load(MixLoader.load(MIX), connections, IN_FLIGHT, Integer.toString(rate), timeMaxS, GRACE_S));
        SecondBell bell = new SecondBell();
        FutureTask<List<Change>> changer =
                new FutureTask<>(new Changer(rack, edits, bell, changes, warmupS, everyS, load::stop));
        Thread thread = new Thread(changer, "changer");
        thread.setDaemon(true);
        thread.start();
        LoadResult result = load.run(bell);
        List<Change> made = changer.get();
        List<Effect> effects = Effect.of(made, Span.of(result), warmupS);
        return report(result, made, effects);
    }

    private boolean report(LoadResult result, List<Change> made, List<Effect> effects) throws IOException {
        Counts counts = result.counts();
        boolean exact =
                counts.exact() && counts.approved() == counts.sent() && counts.errors() == 0 && counts.unsent() == 0;
        double median = Effect.median(effects.stream().map(Effect::ratio).toList());
        double worst = effects.stream().mapToDouble(Effect::ratio).max().orElse(Double.NaN);
        List<Double> quiet = effects.stream()
                .flatMap(effect -> effect.quietRatios().stream())
                .toList();
        long quietAbove = quiet.stream().filter(ratio -> ratio > ratioMax).count();
        System.out.println(Effect.HEADINGS);
        effects.forEach(effect -> System.out.println(effect.line()));
        made.stream()
                .filter(change -> !change.done())
                .forEach(change ->
                        System.out.println("FAIL " + change.what() + ": " + change.outcome() + ": " + change.text()));
        System.out.printf(
                Locale.ROOT,
                "ratio: median %.2f, worst %.2f (at most %.1f); of %d quiet seconds %d are above that, too%n%s%n",
                median,
                worst,
                ratioMax,
                quiet.size(),
                quietAbove,
                (exact ? "ok   every request approved exactly once: " : "FAIL not so: ") + counts);
        if (json != null) {
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put("java", System.getProperty("java.vm.name") + " " + System.getProperty("java.version"));
            fields.put("cores", Runtime.getRuntime().availableProcessors());
            fields.put("strips", options.strips());
            fields.put("rate", rate);
            fields.put("connections", connections);
            fields.put("sent", counts.sent());
            fields.put("approved", counts.approved());
            fields.put("connections_lost", counts.disconnects());
            fields.put("exact", exact);
            fields.put("ratio_median", median);
            fields.put("ratio_worst", worst);
            fields.put("quiet_seconds", quiet.size());
            fields.put("quiet_seconds_above", quietAbove);
            fields.put("changes", effects.stream().map(Effect::fields).toList());
            new ObjectMapper().writerWithDefaultPrettyPrinter().writeValue(json.toFile(), fields);
        }
        return exact && made.stream().allMatch(Change::done) && median <= ratioMax;
    }
}
