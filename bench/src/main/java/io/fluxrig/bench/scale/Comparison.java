package io.fluxrig.bench.scale;

import io.fluxrig.bench.rack.Measurement;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * A case beside the base case, measured in turn: base, case, base, case. A ratio is taken within each round, so that
 * both sides of it had the same neighbours on the machine, and the median of the rounds' ratios counts.
 */
final class Comparison {
    private final Case one;
    private final double target;
    private final List<Measurement> base = new ArrayList<>();
    private final List<Measurement> measured = new ArrayList<>();

    /** @param target highest ratio of CPU time, NaN for none */
    Comparison(Case one, double target) {
        this.one = one;
        this.target = target;
    }

    void add(Measurement ofBase, Measurement ofCase) {
        base.add(ofBase);
        measured.add(ofCase);
    }

    Case one() {
        return one;
    }

    double target() {
        return target;
    }

    List<Measurement> base() {
        return List.copyOf(base);
    }

    List<Measurement> measured() {
        return List.copyOf(measured);
    }

    /** Median over rounds of case through base. */
    double ratio(ToDoubleFunction<Measurement> figure) {
        double[] ratios = new double[base.size()];
        for (int i = 0; i < ratios.length; i++) {
            ratios[i] = figure.applyAsDouble(measured.get(i)) / figure.applyAsDouble(base.get(i));
        }
        return Median.of(ratios);
    }

    double cpuRatio() {
        return ratio(Measurement::cpuUs);
    }

    /** True also where there is no target. */
    boolean met() {
        return Double.isNaN(target) || cpuRatio() <= target;
    }
}
