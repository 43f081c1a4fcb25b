package io.fluxrig.bench.versus;

import static io.fluxrig.bench.versus.Contender.FLUXRIG;
import static io.fluxrig.bench.versus.Contender.JPOS;
import static io.fluxrig.bench.versus.Contender.LIMIT;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleBiFunction;

/** The ratios that are claimed, by name, each with its targets for 1 and for 8 messages in flight. */
final class Proof {
    private static final int P99 = 99;

    private static final List<Claim> CLAIMS = List.of(
            new Claim(
                    "saturation throughput, fluxrig / limit",
                    "",
                    Map.of(1, Target.atLeast(0.85), 8, Target.atLeast(0.6)),
                    (scores, depth) -> scores.ratio(depth, FLUXRIG, LIMIT, Saturation::tps)),
            new Claim(
                    "CPU per transaction, fluxrig / limit",
                    "",
                    Map.of(1, Target.atMost(1.25), 8, Target.atMost(1.8)),
                    (scores, depth) -> scores.ratio(depth, FLUXRIG, LIMIT, Saturation::cpuUs)),
            new Claim(
                    "throughput, fluxrig / jpos",
                    "",
                    Map.of(1, Target.atLeast(2.2), 8, Target.atLeast(8)),
                    (scores, depth) -> scores.ratio(depth, FLUXRIG, JPOS, Saturation::tps)),
            new Claim(
                    "CPU per transaction, fluxrig / jpos",
                    "",
                    Map.of(1, Target.atMost(0.4), 8, Target.atMost(0.12)),
                    (scores, depth) -> scores.ratio(depth, FLUXRIG, JPOS, Saturation::cpuUs)),
            new Claim(
                    "p99 open-loop at 50 % of the limit's saturation, fluxrig / limit",
                    "",
                    Map.of(1, Target.atMost(1.5), 8, Target.atMost(2)),
                    (scores, depth) -> scores.ratio(depth, FLUXRIG, LIMIT, Level.HALF_OF_LIMIT, P99)),
            new Claim(
                    "p99 open-loop at 50 % of jPOS's own saturation, fluxrig / jpos",
                    "",
                    Map.of(1, Target.atMost(0.5), 8, Target.atMost(0.3)),
                    (scores, depth) -> scores.ratio(depth, FLUXRIG, JPOS, Level.HALF_OF_JPOS, P99)),
            new Claim(
                    "garbage per transaction in steady state",
                    " B",
                    Map.of(1, Target.atMost(64), 8, Target.atMost(64)),
                    (scores, depth) -> scores.median(depth, FLUXRIG, Saturation::garbageBytes)),
            new Claim(
                    "start to first answer",
                    " ms",
                    Map.of(1, Target.atMost(1000), 8, Target.atMost(1000)),
                    (scores, depth) -> scores.median(depth, FLUXRIG, Saturation::startMs)));

    private Proof() {}

    /**
     * @param targets by messages in flight
     * @param value by scores and messages in flight, NaN where it was not measured
     */
    private record Claim(
            String name, String unit, Map<Integer, Target> targets, ToDoubleBiFunction<Scores, Integer> value) {}

    /** What can be said of the scores: claim by claim, depth by depth. */
    static List<Outcome> outcomes(Scores scores) {
        List<Outcome> outcomes = new ArrayList<>();
        for (Claim claim : CLAIMS) {
            for (int depth : scores.depths()) {
                double value = claim.value.applyAsDouble(scores, depth);
                if (!Double.isNaN(value)) {
                    outcomes.add(new Outcome(claim.name, depth, claim.unit, value, claim.targets.get(depth)));
                }
            }
        }
        return outcomes;
    }
}
