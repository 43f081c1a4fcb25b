package io.fluxrig.bench.versus;

import io.fluxrig.load.report.Figures;
import io.fluxrig.load.report.Html;
import io.fluxrig.load.report.PercentileChart;
import java.util.ArrayList;
import java.util.List;

/** The result as one HTML file that needs no other: claims, medians, and the curves of all contenders over each other. */
final class ProofPage {
    private static final double MICRO = 1e3;
    private static final double MEGABYTE = 1e6;
    private static final double[] PERCENTILES = {50, 99, 99.9, 100};

    private final Scores scores;
    private final List<Outcome> outcomes;
    private final Conditions conditions;
    private final List<String> wrong;

    /** @param wrong what was answered wrongly, empty if nothing was */
    ProofPage(Scores scores, List<Outcome> outcomes, Conditions conditions, List<String> wrong) {
        this.scores = scores;
        this.outcomes = outcomes;
        this.conditions = conditions;
        this.wrong = wrong;
    }

    String html() {
        StringBuilder out = new StringBuilder(64 * 1024);
        out.append("<h1>fluxrig, the limit and jPOS</h1>");
        out.append("<p class=where>Side by side on one machine, in turn. Ratios count; absolute figures belong to the"
                + " machine.</p>");
        verdict(out);
        out.append("<h2>Targets</h2>").append(claims());
        out.append(
                "<h2>At saturation</h2><p>Medians over the rounds. As many requests in flight as the first column says"
                        + " on each connection; the next one leaves when an answer comes.</p>");
        out.append(figures());
        scores.depths().forEach(depth -> curves(out, depth));
        List<List<String>> facts = new ArrayList<>();
        conditions.facts().forEach((name, text) -> facts.add(List.of(name, text)));
        out.append("<h2>Conditions</h2>").append(Html.facts(facts));
        return Html.page("fluxrig, the limit and jPOS", out.toString());
    }

    private void verdict(StringBuilder out) {
        if (wrong.isEmpty()) {
            out.append("<p class='verdict good'>✓ Every request was approved exactly once, on its own connection, with"
                    + " its own numbers.</p>");
        }
        wrong.forEach(text -> out.append("<p class='verdict bad'>✗ ")
                .append(Html.escape(text))
                .append("</p>"));
        long missed = outcomes.stream().filter(Outcome::missed).count();
        long targets =
                outcomes.stream().filter(outcome -> outcome.target() != null).count();
        out.append("<p>")
                .append(targets - missed)
                .append(" of ")
                .append(targets)
                .append(" targets met.</p>");
    }

    private String claims() {
        List<List<String>> rows = new ArrayList<>();
        for (Outcome outcome : outcomes) {
            String target = outcome.target() == null ? "" : outcome.target().text();
            rows.add(List.of(
                    outcome.name(), Integer.toString(outcome.inFlight()), mark(outcome) + outcome.valueText(), target));
        }
        return Html.table(List.of("", "in flight", "measured", "target"), rows);
    }

    private static String mark(Outcome outcome) {
        return outcome.target() == null ? "" : outcome.missed() ? "✗ " : "✓ ";
    }

    private String figures() {
        List<List<String>> rows = new ArrayList<>();
        for (int depth : scores.depths()) {
            for (Contender contender : Contender.values()) {
                double tps = scores.median(depth, contender, Saturation::tps);
                if (!Double.isNaN(tps)) {
                    rows.add(List.of(
                            contender.label() + ", " + depth + " in flight",
                            Figures.rate(tps),
                            Figures.duration(Math.round(scores.median(depth, contender, Saturation::cpuUs) * MICRO)),
                            Figures.rate(scores.median(depth, contender, Saturation::garbageBytes)) + " B",
                            Figures.rate(scores.median(depth, contender, Saturation::residentBytes) / MEGABYTE) + " MB",
                            Figures.rate(scores.median(depth, contender, Saturation::startMs)) + " ms"));
                }
            }
        }
        return Html.table(
                List.of("", "a second", "CPU for each", "garbage for each", "resident", "start to first answer"), rows);
    }

    private void curves(StringBuilder out, int depth) {
        List<Level> levels =
                scores.latencies().stream().map(Latency::level).distinct().toList();
        out.append("<h2>Latency, rates from ")
                .append(depth)
                .append(
                        " in flight</h2><p>Random arrivals at a rate that waits for no answer, measured from the moment a"
                                + " message was due (corrected for coordinated omission). All rounds together.</p>");
        for (Level level : levels) {
            List<PercentileChart.Curve> curves = new ArrayList<>();
            List<List<String>> rows = new ArrayList<>();
            for (Contender contender : Contender.values()) {
                scores.curve(depth, contender, level)
                        .ifPresent(curve ->
                                curves.add(new PercentileChart.Curve(contender.ordinal(), contender.label(), curve)));
                if (!scores.latencies(depth, contender, level).isEmpty()) {
                    rows.add(row(depth, contender, level));
                }
            }
            out.append(PercentileChart.svg(level.label(), curves, "No latencies: nothing was answered."));
            out.append(Html.table(List.of("median of rounds", "rate", "p50", "p99", "p99.9", "max"), rows));
        }
    }

    private List<String> row(int depth, Contender contender, Level level) {
        List<String> row = new ArrayList<>();
        row.add(contender.label());
        row.add(Figures.rate(
                Scores.median(scores.latencies(depth, contender, level).stream().mapToDouble(Latency::rate))));
        for (double percentile : PERCENTILES) {
            double us = scores.latencyUs(depth, contender, level, percentile);
            row.add(Double.isInfinite(us) ? "saturated" : Figures.duration(Math.round(us * MICRO)));
        }
        return row;
    }
}
