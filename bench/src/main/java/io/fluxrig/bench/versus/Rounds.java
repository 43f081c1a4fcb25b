package io.fluxrig.bench.versus;

import io.fluxrig.load.LoadException;
import io.fluxrig.load.mix.MixException;
import io.fluxrig.load.report.Figures;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * The order of things: a round at a time, a depth at a time, contender by contender, so that a busy machine hurts all alike.
 *
 * <pre>
 *   saturation   A  B  C                      each started for it, and kept
 *   offered      A  B  C   A  B  C   ...      load by load
 * </pre>
 *
 * @param depths messages in flight on each connection at saturation
 */
record Rounds(int count, List<Integer> depths, List<Contender> contenders, List<Level> levels) {
    /**
     * A contender is not asked for more than this many times the most it has done. An open loop has more in flight than the
     * closed one that found the saturation, so it may carry more than that.
     */
    private static final double HOPELESS = 1.5;

    private static final int START_S = 3;
    /** Rates that the expected duration reckons with; two cores. */
    private static final double RATE_SHALLOW = 40_000;

    private static final double RATE_DEEP = 200_000;
    private static final double RATE_JPOS = 25_000;

    void run(Arena arena, Trial trial, Scores scores, Consumer<String> progress)
            throws IOException, InterruptedException, LoadException, MixException {
        warmUp(arena, trial);
        for (int round = 1; round <= count; round++) {
            for (int depth : depths) {
                progress.accept("round " + round + " of " + count + ", " + depth + " in flight");
                lap(round, depth, new Lap(arena, trial, scores, progress));
            }
        }
    }

    private record Lap(Arena arena, Trial trial, Scores scores, Consumer<String> progress) {}

    /** The load tool and the issuers get warm before the first who is measured, and not by it. */
    private void warmUp(Arena arena, Trial trial)
            throws IOException, InterruptedException, LoadException, MixException {
        try (Running limit = arena.start(Contender.LIMIT)) {
            trial.saturate(limit, 0, depths.get(0));
        }
    }

    private void lap(int round, int depth, Lap lap)
            throws IOException, InterruptedException, LoadException, MixException {
        List<Running> field = new ArrayList<>();
        try {
            for (Contender contender : contenders) {
                Running running = lap.arena.start(contender);
                field.add(running);
                Saturation saturation = lap.trial.saturate(running, round, depth);
                lap.scores.add(saturation);
                lap.progress.accept(line(saturation));
            }
            for (Level level : levels) {
                double rate = level.rate(lap.scores.median(depth, level.of(), Saturation::tps));
                if (!Double.isNaN(rate)) {
                    offer(field, round, depth, level, rate, lap);
                }
            }
        } finally {
            field.forEach(Running::close);
        }
    }

    private static void offer(List<Running> field, int round, int depth, Level level, double rate, Lap lap)
            throws LoadException, MixException {
        for (Running running : field) {
            if (level.concerns(running.contender())) {
                Latency latency = rate > HOPELESS * lap.scores.most(running.contender())
                        ? new Latency(round, depth, running.contender(), level, rate, null)
                        : lap.trial.offer(running, round, depth, level, rate);
                lap.scores.add(latency);
                lap.progress.accept(line(latency));
            }
        }
    }

    private static String line(Saturation saturation) {
        return String.format(
                Locale.ROOT,
                "  %-8s %9s/s  CPU %6.2f us  garbage %7s B  resident %5s MB  first answer after %5s ms",
                saturation.contender().label(),
                Figures.rate(saturation.tps()),
                saturation.cpuUs(),
                Figures.rate(saturation.garbageBytes()),
                Figures.count(Math.round(saturation.residentBytes() / 1e6)),
                Figures.count(Math.round(saturation.startMs())));
    }

    private static String line(Latency latency) {
        String start = String.format(
                Locale.ROOT,
                "  %-8s %9s/s  (%s)  ",
                latency.contender().label(),
                Figures.rate(latency.rate()),
                latency.level().label());
        if (latency.saturated()) {
            return start + "saturated";
        }
        return start
                + String.format(
                        Locale.ROOT,
                        "p50 %.0f  p99 %.0f  p99.9 %.0f  max %.0f us",
                        latency.percentileUs(50),
                        latency.percentileUs(99),
                        latency.percentileUs(99.9),
                        latency.maxUs());
    }

    /** About how long {@link #run} takes on two cores. */
    double expectedSeconds(Trial.Extent extent) {
        double lap = 0;
        for (int depth : depths) {
            for (Contender contender : contenders) {
                double rate = contender == Contender.JPOS ? RATE_JPOS : depth == 1 ? RATE_SHALLOW : RATE_DEEP;
                lap += START_S + Math.min(extent.timeMaxS(), (extent.warmup() + extent.count()) / rate);
            }
            for (Level level : levels) {
                lap += contenders.stream().filter(level::concerns).count() * (extent.openLoopS() + 0.3);
            }
        }
        return START_S + extent.timeMaxS() + count * lap;
    }
}
