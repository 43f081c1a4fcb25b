package io.fluxrig.bench.reload;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What a change did to latencies: the second in which it was made, the worst one where it touches two, beside the seconds before it.
 *
 * @param normalP99Us median of the quiet seconds before: those since the change before it had settled
 * @param normalWorstUs the worst p99 of those
 * @param p50Us of the second of the change
 * @param p99Us likewise
 * @param maxUs likewise
 */
record Effect(Change change, double normalP99Us, double normalWorstUs, double p50Us, double p99Us, double maxUs) {
    static final String HEADINGS = String.format(
            "%-10s %9s %11s %11s %11s %11s %11s %7s",
            "change", "took ms", "normal p99", "worst p99", "its p50", "its p99", "its max us", "ratio");

    /** After a change, what is replaced still ends what it had begun: such seconds are not taken for normal. */
    static final long SETTLE_MS = 1_500;

    /**
     * @param quietFromMs before this nothing is normal: warm-up
     * @throws IllegalStateException where there is no second of the change, or none before it to hold it against
     */
    static List<Effect> of(List<Change> changes, List<Span> spans, long quietFromMs) {
        List<Effect> effects = new ArrayList<>();
        long fromMs = quietFromMs;
        for (Change change : changes) {
            effects.add(of(change, spans, fromMs));
            fromMs = change.endedMs() + SETTLE_MS;
        }
        return effects;
    }

    private static Effect of(Change change, List<Span> spans, long fromMs) {
        List<Double> before = spans.stream()
                .filter(span -> span.beginMs() >= fromMs && span.endMs() < change.askedMs())
                .map(Span::p99Us)
                .toList();
        Span during = spans.stream()
                .filter(span -> span.touches(change.askedMs(), change.endedMs()))
                .max((a, b) -> Double.compare(a.p99Us(), b.p99Us()))
                .orElse(null);
        if (before.isEmpty() || during == null) {
            throw new IllegalStateException("the change of the " + change.what() + " has no second of its own or "
                    + before.size() + " quiet ones before it; raise --every");
        }
        return new Effect(
                change, median(before), Collections.max(before), during.p50Us(), during.p99Us(), during.maxUs());
    }

    static double median(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        int half = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(half) : (sorted.get(half - 1) + sorted.get(half)) / 2;
    }

    /** How many times the normal p99 that of the change's second is. */
    double ratio() {
        return p99Us / normalP99Us;
    }

    String line() {
        return String.format(
                Locale.ROOT,
                "%-10s %9d %11.0f %11.0f %11.0f %11.0f %11.0f %7.2f",
                change.what(),
                change.endedMs() - change.askedMs(),
                normalP99Us,
                normalWorstUs,
                p50Us,
                p99Us,
                maxUs,
                ratio());
    }

    Map<String, Object> fields() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("change", change.what());
        fields.put("outcome", change.outcome());
        fields.put("took_ms", change.endedMs() - change.askedMs());
        fields.put("normal_p99_us", normalP99Us);
        fields.put("normal_worst_p99_us", normalWorstUs);
        fields.put("p50_us", p50Us);
        fields.put("p99_us", p99Us);
        fields.put("max_us", maxUs);
        fields.put("ratio", ratio());
        return fields;
    }
}
