package io.fluxrig.bench.versus;

import io.fluxrig.bench.rack.RackOptions;
import io.fluxrig.bench.rack.SaturationOptions;
import io.fluxrig.load.LoadException;
import io.fluxrig.load.mix.MixException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code bin/bench switch}: the rack, the physical limit and jPOS under the same load in the same minute. */
@Command(
        name = "bench switch",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "The rack side by side with the physical limit (a bare relay) and with jPOS, in turn, as ratios.",
        footer = {
            "",
            "Exit code 0: every answer was right; 1: one was not, or the run failed. A missed target is no failure."
        })
public final class SwitchBench implements Callable<Integer> {
    private static final int WRONG_ANSWER = 1;

    @Option(names = "--quick", description = "a first answer in under two minutes: one round, short, 50 %% loads only")
    boolean quick;

    @Option(names = "--rounds", description = "how often all contestants run, in turn (5, quick 1)")
    Integer rounds;

    @Mixin
    SaturationOptions saturation;

    @Option(names = "--contestants", split = ",", description = "of limit, fluxrig, jpos (all)")
    List<Contender> contestants = List.of(Contender.values());

    @Option(names = "--warmup", description = "transactions before the window (800000, quick 300000)")
    Long warmup;

    @Option(names = "--count", description = "transactions in the window (800000, quick 200000)")
    Long count;

    @Option(names = "--time-max", description = "seconds for both at most (24, quick 12)")
    Integer timeMaxS;

    @Option(names = "--open-loop", description = "seconds at each offered rate (6, quick 3)")
    Integer openLoopS;

    @Option(names = "--java", description = "home of the JDK that contestants run on (the one of this process)")
    Path java = Path.of(System.getProperty("java.home"));

    @Option(names = "--gc", description = "collector of the contestants: Parallel, G1, Z, Serial (${DEFAULT-VALUE})")
    String collector = "Parallel";

    @Mixin
    RackOptions rack;

    @Option(names = "--json", description = "write all figures to this file")
    Path json;

    @Option(names = "--html", description = "write a page with the curves to this file")
    Path html;

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new SwitchBench())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .execute(arguments));
    }

    @Override
    public Integer call() throws IOException, InterruptedException, LoadException, MixException {
        int connections = saturation.connections();
        Jvm jvm = new Jvm(java, collector);
        Rounds plan = new Rounds(
                rounds == null ? quick ? 1 : 5 : rounds,
                saturation.inFlight(),
                contestants.stream().distinct().sorted().toList(),
                quick ? Level.QUICK : Level.ALL);
        Trial trial = new Trial(extent());
        Arena.Settings settings = new Arena.Settings(jvm, rack, connections);
        Scores scores = new Scores();
        System.out.printf(
                "%d connections, JDK %s: about %d minutes%n",
                connections, jvm.version(), Math.max(1, Math.round(plan.expectedSeconds(extent()) / 60)));
        try (Arena arena = Arena.open(settings, new Jvm(Path.of(System.getProperty("java.home")), "Parallel"))) {
            plan.run(arena, trial, scores, System.out::println);
        }
        List<Outcome> outcomes = Proof.outcomes(scores);
        System.out.println();
        System.out.print(ProofText.of(scores, outcomes));
        Conditions conditions = Conditions.of(jvm, connections, rack);
        write(json, ProofJson.of(scores, outcomes, conditions));
        write(html, new ProofPage(scores, outcomes, conditions, trial.wrong()).html());
        trial.wrong().forEach(System.err::println);
        return trial.wrong().isEmpty() ? 0 : WRONG_ANSWER;
    }

    private Trial.Extent extent() {
        Trial.Extent usual = extent(quick, saturation.connections());
        return new Trial.Extent(
                usual.connections(),
                warmup == null ? usual.warmup() : warmup,
                count == null ? usual.count() : count,
                timeMaxS == null ? usual.timeMaxS() : timeMaxS,
                openLoopS == null ? usual.openLoopS() : openLoopS);
    }

    /** What is measured if nobody says otherwise. */
    static Trial.Extent extent(boolean quick, int connections) {
        return quick
                ? new Trial.Extent(connections, 300_000, 200_000, 12, 3)
                : new Trial.Extent(connections, 800_000, 800_000, 24, 6);
    }

    private static void write(Path file, String text) throws IOException {
        if (file != null) {
            Files.createDirectories(file.toAbsolutePath().resolveSibling(""));
            Files.writeString(file, text);
            System.out.println("wrote " + file);
        }
    }
}
