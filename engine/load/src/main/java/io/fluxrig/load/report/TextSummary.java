package io.fluxrig.load.report;

import io.fluxrig.load.Counts;
import io.fluxrig.load.LoadResult;
import io.fluxrig.load.Percentiles;
import io.fluxrig.load.tally.AnswerClass;
import org.HdrHistogram.Histogram;

/** The result as a dozen lines of text. */
public final class TextSummary {
    private TextSummary() {}

    public static String of(LoadResult result) {
        Counts c = result.counts();
        StringBuilder out = new StringBuilder(1024);
        line(out, "");
        line(out, Findings.verdict(result));
        line(out, "");
        line(
                out,
                "  requests   " + Figures.count(c.sent()) + " sent, " + Figures.count(c.answered()) + " answered: "
                        + Figures.count(c.approved()) + " approved, " + Figures.count(c.declined()) + " declined, "
                        + Figures.counted(c.timeouts(), "timeout"));
        line(
                out,
                "  rate       " + Figures.rate(result.tps()) + " answers a second for "
                        + Figures.duration(result.sendingNs()));
        line(out, "  latency    " + latency(result.headline()) + "   approved and declined");
        Histogram timeouts = result.latency().get(AnswerClass.TIMEOUT);
        if (timeouts.getTotalCount() > 0) {
            line(out, "  timeouts   " + latency(timeouts) + "   until such an answer came");
        }
        if (c.timeouts() > 0) {
            line(out, "             codes " + timeoutCodes(result) + ": " + AnswerClass.TIMEOUT_MEANS);
        }
        if (c.refused() > 0) {
            line(
                    out,
                    "  refused    " + Figures.count(c.refused()) + " of these timeouts came within "
                            + Figures.duration(AnswerClass.AT_ONCE_NS) + ": refused at once, nobody was waited for");
        }
        if (c.cutOff() > 0) {
            line(
                    out,
                    "  cut off    " + Figures.count(c.cutOff()) + " of the lost were sent on a connection that the"
                            + " other side closed or reset");
        }
        if (c.errors() > 0) {
            line(
                    out,
                    "  errors     " + Figures.count(c.errors()) + ": " + Figures.counted(c.strays(), "answer")
                            + " of no use, " + Figures.counted(c.disconnects(), "connection")
                            + " closed by the other side");
        }
        line(out, "  codes      " + codes(result));
        line(out, "  seed       " + result.plan().seed() + "   (--seed repeats cards, amounts and STANs)");
        for (String warning : Findings.warnings(result)) {
            line(out, "  note       " + warning);
        }
        return out.toString();
    }

    private static String latency(Histogram histogram) {
        Percentiles p = Percentiles.of(histogram);
        return "p50 " + Figures.durationOrDash(p.count(), p.p50Ns())
                + "  p99 " + Figures.durationOrDash(p.count(), p.p99Ns())
                + "  p99.9 " + Figures.durationOrDash(p.count(), p.p999Ns())
                + "  max " + Figures.durationOrDash(p.count(), p.maxNs());
    }

    private static String timeoutCodes(LoadResult result) {
        return String.join(", ", result.plan().timeoutCodes().stream().sorted().toList());
    }

    private static String codes(LoadResult result) {
        StringBuilder codes = new StringBuilder();
        result.codes()
                .forEach((code, count) -> codes.append(codes.isEmpty() ? "" : "  ")
                        .append(code)
                        .append(" × ")
                        .append(Figures.count(count)));
        return codes.toString();
    }

    private static void line(StringBuilder out, String text) {
        out.append(text).append('\n');
    }
}
