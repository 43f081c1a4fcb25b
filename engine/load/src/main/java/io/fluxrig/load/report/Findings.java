package io.fluxrig.load.report;

import io.fluxrig.load.Counts;
import io.fluxrig.load.LoadResult;
import java.util.ArrayList;
import java.util.List;

/** What a reader of the figures must know: what went wrong, and what the figures do not show. */
public final class Findings {
    private Findings() {}

    /** One sentence on whether every request was answered exactly once. */
    public static String verdict(LoadResult result) {
        Counts counts = result.counts();
        if (counts.sent() == 0) {
            return "Nothing was sent.";
        }
        if (counts.exact()) {
            return "Every request was answered exactly once, on its own connection, with its own STAN.";
        }
        List<String> wrong = new ArrayList<>();
        add(wrong, counts.open(), "lost");
        add(wrong, counts.crossWired(), "cross-wired");
        add(wrong, counts.duplicates(), "answered twice");
        return "Not every request was answered exactly once: " + String.join(", ", wrong) + ".";
    }

    private static void add(List<String> wrong, long count, String what) {
        if (count > 0) {
            wrong.add(Figures.count(count) + " " + what);
        }
    }

    /** What else there is to know, most important first; empty if nothing. */
    public static List<String> warnings(LoadResult result) {
        List<String> warnings = new ArrayList<>();
        Counts counts = result.counts();
        if (counts.unsent() > 0) {
            warnings.add(Figures.count(counts.unsent()) + " of " + Figures.count(result.wanted())
                    + " messages that were due were never sent: no room in flight. The latencies are too good by that;"
                    + " lower --rate, or raise --in-flight or --connections.");
        }
        if (result.plan().rate().closedLoop()) {
            warnings.add(
                    "Closed loop (--rate max): a slow answer holds back the next request, so the latencies say"
                            + " nothing of what a customer would wait. Use it to find the highest rate, then measure below it.");
        }
        if (counts.disconnects() > 0) {
            warnings.add(Figures.count(counts.disconnects()) + " connections were closed by the other side.");
        }
        if (counts.unknown() + counts.wrongType() + counts.unreadable() > 0) {
            warnings.add("Answers that were not counted: " + Figures.count(counts.unknown()) + " with an unknown STAN, "
                    + Figures.count(counts.wrongType()) + " with an MTI that does not pair, "
                    + Figures.count(counts.unreadable()) + " unreadable.");
        }
        if (counts.late() > 0) {
            warnings.add(Figures.count(counts.late()) + " answers came after the deadline of "
                    + Figures.duration(result.plan().deadlineNs()) + ".");
        }
        if (result.stopped()) {
            warnings.add("Stopped before its time.");
        }
        return warnings;
    }
}
