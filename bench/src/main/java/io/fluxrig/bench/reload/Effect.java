package io.fluxrig.bench.reload;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What a change did to latencies: the second at whose beginning it was asked for, or the worst where it took longer than that one,
 * beside the seconds before it.
 *
 * @param quiet p99 of the seconds before, us: those since the change before it had settled
 * @param p50Us of the second of the change
 * @param p99Us likewise
 * @param maxUs likewise
 */
record Effect(Change change, List<Double> quiet, double p50Us, double p99Us, double maxUs) {
    static final String HEADINGS = String.format(
            "%-10s %11s %11s %11s %11s %11s %7s",
            "change", "normal p99", "worst p99", "its p50", "its p99", "its max us", "ratio");

    /**
     * Seconds after a change that are not taken for normal: the status is asked for, and what is replaced ends what it had begun. A
     * conductor keeps outcomes for 5 s ({@code retain_after_close} of the payment switch).
     */
    static final int SETTLING = 6;

    Effect {
        quiet = List.copyOf(quiet);
    }

    /**
     * @param warmup seconds at the beginning that are not normal
     * @throws IllegalStateException where there is no second before a change to hold it against
     */
    static List<Effect> of(List<Change> changes, List<Span> spans, int warmup) {
        List<Effect> effects = new ArrayList<>();
        int from = warmup;
        for (Change change : changes) {
            effects.add(of(change, spans, from));
            from = change.underWaySecond() + 1 + SETTLING;
        }
        return effects;
    }

    private static Effect of(Change change, List<Span> spans, int from) {
        if (from >= change.preparedSecond()) {
            throw new IllegalStateException(
                    "the change of the " + change.what() + " has no quiet second before it; raise --every");
        }
        List<Double> quiet = spans.subList(from, change.preparedSecond()).stream()
                .map(Span::p99Us)
                .toList();
        Span during = spans.subList(change.askedSecond(), change.underWaySecond() + 1).stream()
                .max(Comparator.comparingDouble(Span::p99Us))
                .orElseThrow();
        return new Effect(change, quiet, during.p50Us(), during.p99Us(), during.maxUs());
    }

    static double median(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        int half = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(half) : (sorted.get(half - 1) + sorted.get(half)) / 2;
    }

    double normalP99Us() {
        return median(quiet);
    }

    /** How many times the normal p99 that of the change's second is. */
    double ratio() {
        return p99Us / normalP99Us();
    }

    /** How many times the normal p99 that of each quiet second is: what a second comes to in which nothing is changed. */
    List<Double> quietRatios() {
        return quiet.stream().map(p99 -> p99 / normalP99Us()).toList();
    }

    String line() {
        return String.format(
                Locale.ROOT,
                "%-10s %11.0f %11.0f %11.0f %11.0f %11.0f %7.2f",
                change.what(),
                normalP99Us(),
                Collections.max(quiet),
                p50Us,
                p99Us,
                maxUs,
                ratio());
    }

    Map<String, Object> fields() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("change", change.what());
        fields.put("outcome", change.outcome());
        fields.put("normal_p99_us", normalP99Us());
        fields.put("normal_worst_p99_us", Collections.max(quiet));
        fields.put("p50_us", p50Us);
        fields.put("p99_us", p99Us);
        fields.put("max_us", maxUs);
        fields.put("ratio", ratio());
        return fields;
    }
}
