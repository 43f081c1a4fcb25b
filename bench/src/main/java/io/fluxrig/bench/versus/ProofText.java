package io.fluxrig.bench.versus;

import io.fluxrig.load.report.Figures;
import java.util.List;
import java.util.Locale;

/** The result as text: medians by contender, then each claim with its target. */
final class ProofText {
    private static final String FIGURES = "%-8s %9s %10s %9s %9s %11s %10s%n";
    private static final String CLAIM = "%-64s %9s %11s  %-14s %s%n";
    private static final double MEGABYTE = 1e6;

    private ProofText() {}

    static String of(Scores scores, List<Outcome> outcomes) {
        StringBuilder out = new StringBuilder(4096);
        out.append(String.format(
                FIGURES, "median", "in flight", "a second", "CPU us", "garbage B", "resident MB", "start ms"));
        for (int depth : scores.depths()) {
            for (Contender contender : Contender.values()) {
                if (!Double.isNaN(scores.median(depth, contender, Saturation::tps))) {
                    out.append(figures(scores, depth, contender));
                }
            }
        }
        out.append(String.format("%n" + CLAIM, "", "in flight", "", "target", ""));
        for (Outcome outcome : outcomes) {
            String target = outcome.target() == null ? "" : outcome.target().text();
            out.append(String.format(
                    CLAIM, outcome.name(), outcome.inFlight(), outcome.valueText(), target, outcome.verdict()));
        }
        return out.toString();
    }

    private static String figures(Scores scores, int depth, Contender contender) {
        return String.format(
                Locale.ROOT,
                FIGURES,
                contender.label(),
                depth,
                Figures.rate(scores.median(depth, contender, Saturation::tps)),
                String.format(Locale.ROOT, "%.2f", scores.median(depth, contender, Saturation::cpuUs)),
                Figures.rate(scores.median(depth, contender, Saturation::garbageBytes)),
                Figures.rate(scores.median(depth, contender, Saturation::residentBytes) / MEGABYTE),
                Figures.rate(scores.median(depth, contender, Saturation::startMs)));
    }
}
