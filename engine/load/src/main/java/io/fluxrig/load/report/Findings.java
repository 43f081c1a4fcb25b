package io.fluxrig.load.report;

import io.fluxrig.load.Counts;
import io.fluxrig.load.LoadResult;
import java.util.ArrayList;
import java.util.List;

/** What a reader of the figures must know: what went wrong, and what the figures do not show. */
public final class Findings {
    /** Duplicate transmission, with two digits and with three. */
    private static final List<String> DUPLICATE_CODES = List.of("94", "913");

    /** A tool that is behind by less has told nobody anything wrong. */
    private static final long LAG_TOLD_NS = 1_000_000;

    /** From a quarter of the latency on, the tool's own lateness is told. */
    private static final long LAG_SHARE = 4;

    private Findings() {}

    /** One sentence on whether every request was answered exactly once, and how many were approved; first of all that nobody was left to answer. */
    public static String verdict(LoadResult result) {
        Counts counts = result.counts();
        if (result.ending() == LoadResult.Ending.DISCONNECTED) {
            return disconnected(result);
        }
        if (counts.sent() == 0) {
            return "Nothing was sent.";
        }
        if (counts.exact()) {
            return "Every request was answered exactly once, on its own connection, with its own STAN: "
                    + Figures.count(counts.approved()) + " of " + Figures.count(counts.sent()) + " approved"
                    + (counts.strays() == 0
                            ? "."
                            : "; but " + Figures.counted(counts.strays(), "answer") + " of no use came as well.");
        }
        List<String> wrong = new ArrayList<>();
        add(wrong, counts.open(), "lost");
        add(wrong, counts.crossWired(), "cross-wired");
        add(wrong, counts.duplicates(), "answered twice");
        return "Not every request was answered exactly once: " + String.join(", ", wrong) + ".";
    }

    private static String disconnected(LoadResult result) {
        Counts counts = result.counts();
        int connections = result.plan().wire().connections();
        String who = counts.disconnects() < connections
                ? "No connection was left"
                : connections == 1
                        ? "The other side closed the connection"
                        : "The other side closed all " + Figures.count(connections) + " connections";
        return who + by(result) + ", so the run ended after " + Figures.duration(result.sendingNs()) + ": "
                + Figures.counted(counts.sent(), "request") + " sent, " + Figures.count(counts.answered())
                + " answered, " + Figures.count(counts.open()) + " lost.";
    }

    /** {@code  (connection reset)} where that is known. */
    private static String by(LoadResult result) {
        return result.brokenBy().isEmpty() ? "" : " (" + result.brokenBy() + ")";
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
        boolean disconnected = result.ending() == LoadResult.Ending.DISCONNECTED;
        if (disconnected && counts.answered() == 0) {
            warnings.add(
                    "Nothing was answered: check that framing (--variant, --length-header, --tpdu), --spec and TLS are"
                            + " those of " + result.plan().target().getHostString() + ":"
                            + result.plan().target().getPort()
                            + "; the log of the other side may say what it did not like.");
        }
        if (counts.unsent() > 0 && !disconnected) {
            warnings.add(Figures.count(counts.unsent()) + " of " + Figures.counted(result.wanted(), "message")
                    + " that were due were never sent: no room in flight"
                    + (counts.disconnects() > 0 ? " on the connections that were left" : "")
                    + ". The latencies are too good by that; lower --rate, or raise --in-flight or --connections.");
        }
        behind(result, warnings);
        if (counts.answered() > 0 && counts.approved() == 0) {
            warnings.add("Nothing was approved: each of " + Figures.counted(counts.answered(), "answer")
                    + " is a decline or says that nobody could be asked; look whether the issuers are up.");
        }
        duplicates(result, warnings);
        if (result.plan().rate().closedLoop()) {
            warnings.add(
                    "Closed loop (--rate max): a slow answer holds back the next request, so the latencies say"
                            + " nothing of what a customer would wait. Use it to find the highest rate, then measure below it.");
        }
        if (counts.disconnects() > 0 && !disconnected) {
            warnings.add(Figures.counted(counts.disconnects(), "connection") + " closed by the other side" + by(result)
                    + ".");
        }
        if (counts.strays() > 0) {
            warnings.add("Answers that were not counted: " + Figures.count(counts.unknown()) + " with an unknown STAN, "
                    + Figures.count(counts.wrongType()) + " with an MTI that does not pair, "
                    + Figures.count(counts.unreadable()) + " unreadable or without a response code.");
        }
        if (counts.late() > 0) {
            warnings.add(Figures.counted(counts.late(), "answer") + " came after the deadline of "
                    + Figures.duration(result.plan().deadlineNs()) + ".");
        }
        if (result.ending() == LoadResult.Ending.STOPPED) {
            warnings.add("Stopped before its time.");
        }
        return warnings;
    }

    /** Latencies count from when a message was due: what the tool itself was late by is in them. */
    private static void behind(LoadResult result, List<String> warnings) {
        long lagNs = result.lag().getValueAtPercentile(99);
        long latencyNs = result.headline().getValueAtPercentile(99);
        if (result.headline().getTotalCount() > 0
                && !result.plan().rate().closedLoop()
                && lagNs >= LAG_TOLD_NS
                && lagNs * LAG_SHARE >= latencyNs) {
            warnings.add("The tool was behind its schedule by " + Figures.duration(lagNs)
                    + " (p99), which is part of the latencies: this machine was short of CPU, or there was no room in"
                    + " flight. Measure from another machine, at a lower --rate, or with more --in-flight.");
        }
    }

    private static void duplicates(LoadResult result, List<String> warnings) {
        for (String code : DUPLICATE_CODES) {
            long count = result.codes().getOrDefault(code, 0L);
            if (count > 0) {
                warnings.add(
                        Figures.counted(count, "answer") + " with code " + code + ", duplicate: the switch remembers"
                                + " requests with the same STAN and terminal, perhaps of a run before, and may have answered"
                                + " others with what it kept. Run again without --seed or with another, or wait until it"
                                + " forgets.");
            }
        }
    }
}
