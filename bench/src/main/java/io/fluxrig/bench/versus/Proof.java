package io.fluxrig.bench.versus;

import static io.fluxrig.bench.versus.Contender.FLUXRIG;
import static io.fluxrig.bench.versus.Contender.JPOS;
import static io.fluxrig.bench.versus.Contender.LIMIT;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleBiFunction;
import java.util.function.ToDoubleFunction;

/** The ratios that are claimed, by name, each with its targets for 1 and for 8 messages in flight. */
final class Proof {
    private static final int P99 = 99;

    private static final List<Claim> CLAIMS = List.of(
            atSaturation("saturation throughput", LIMIT, Saturation::tps, Target.atLeast(0.85), Target.atLeast(0.6)),
            atSaturation("CPU per transaction", LIMIT, Saturation::cpuUs, Target.atMost(1.25), Target.atMost(1.8)),
            atSaturation("throughput", JPOS, Saturation::tps, Target.atLeast(2.2), Target.atLeast(8)),
            atSaturation("CPU per transaction", JPOS, Saturation::cpuUs, Target.atMost(0.4), Target.atMost(0.12)),
            p99("50 % of the limit's saturation", LIMIT, Level.HALF_OF_LIMIT, Target.atMost(1.5), Target.atMost(2)),
            p99("50 % of jPOS's own saturation", JPOS, Level.HALF_OF_JPOS, Target.atMost(0.5), Target.atMost(0.3)),
            alone("garbage per transaction in steady state", " B", Saturation::garbageBytes, Target.atMost(64)),
            alone("start to first answer", " ms", Saturation::startMs, Target.atMost(1000)));

    private Proof() {}

    /**
     * @param targets by messages in flight
     * @param value by scores and messages in flight, NaN where it was not measured
     */
    private record Claim(
            String name, String unit, Map<Integer, Target> targets, ToDoubleBiFunction<Scores, Integer> value) {}

    /** The rack's figure through a peer's, both at saturation. */
    private static Claim atSaturation(
            String figure, Contender peer, ToDoubleFunction<Saturation> of, Target oneInFlight, Target eightInFlight) {
        return new Claim(
                figure + ", fluxrig / " + peer.label(),
                "",
                Map.of(1, oneInFlight, 8, eightInFlight),
                (scores, depth) -> scores.ratio(depth, FLUXRIG, peer, of));
    }

    /** The rack's 99th percentile through a peer's, both at an offered rate. */
    private static Claim p99(String rate, Contender peer, Level level, Target oneInFlight, Target eightInFlight) {
        return new Claim(
                "p99 open-loop at " + rate + ", fluxrig / " + peer.label(),
                "",
                Map.of(1, oneInFlight, 8, eightInFlight),
                (scores, depth) -> scores.ratio(depth, FLUXRIG, peer, level, P99));
    }

    /** A figure of the rack by itself. */
    private static Claim alone(String figure, String unit, ToDoubleFunction<Saturation> of, Target target) {
        return new Claim(
                figure, unit, Map.of(1, target, 8, target), (scores, depth) -> scores.median(depth, FLUXRIG, of));
    }

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
