package io.fluxrig.load.report;

import io.fluxrig.load.Counts;
import io.fluxrig.load.LoadPlan;
import io.fluxrig.load.LoadResult;
import io.fluxrig.load.Percentiles;
import io.fluxrig.load.Second;
import io.fluxrig.load.tally.AnswerClass;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.HdrHistogram.Histogram;

/** The result as one HTML file that needs no other: curve, tables, time series, settings; light, dark and on paper. */
public final class HtmlReport {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss 'UTC'").withZone(ZoneOffset.UTC);

    private final LoadResult result;
    private final List<Section> extra;
    private final String title;
    private final String subject;

    /** A further part of the report, such as what the switch itself counted. */
    public record Section(String title, List<String> head, List<List<String>> rows) {}

    public HtmlReport(LoadResult result, List<Section> extra) {
        this(result, "fluxrig load", "", extra);
    }

    /**
     * @param title what ran
     * @param subject the rack and scenario under load; empty if nobody knows
     */
    public HtmlReport(LoadResult result, String title, String subject, List<Section> extra) {
        this.result = result;
        this.title = title;
        this.subject = subject.isEmpty() ? "" : subject + " · ";
        this.extra = extra;
    }

    public void write(Path file) throws IOException {
        Files.createDirectories(file.toAbsolutePath().resolveSibling(""));
        Files.writeString(file, html());
    }

    public String html() {
        StringBuilder out = new StringBuilder(64 * 1024);
        header(out);
        tiles(out);
        out.append("<h2>Latency</h2><p>").append(Html.escape(reading())).append("</p>");
        out.append(percentileChart()).append(latencyTable());
        out.append("<h2>Over time</h2>")
                .append(throughputChart().svg())
                .append(latencyOverTime().svg());
        out.append("<h2>Answers</h2>").append(codesTable());
        extra.forEach(section -> out.append("<h2>")
                .append(Html.escape(section.title()))
                .append("</h2>")
                .append(Html.table(section.head(), section.rows())));
        out.append("<h2>Settings</h2>").append(settingsTable());
        return Html.page(title + ": " + subject + target(), out.toString());
    }

    private String target() {
        return result.plan().target().getHostString() + ":"
                + result.plan().target().getPort();
    }

    private void header(StringBuilder out) {
        boolean exact = result.counts().exact()
                && result.counts().strays() == 0
                && result.counts().sent() > 0
                && result.ending() != LoadResult.Ending.DISCONNECTED;
        out.append("<h1>").append(Html.escape(title)).append("</h1><p class=where>");
        out.append(Html.escape(subject + target()));
        out.append(" · ")
                .append(TIME.format(Instant.ofEpochMilli(result.startedEpochMs())))
                .append("</p>");
        out.append("<p class='verdict ").append(exact ? "good" : "bad").append("'>");
        out.append(exact ? "✓ " : "✗ ")
                .append(Html.escape(Findings.verdict(result)))
                .append("</p>");
        for (String warning : Findings.warnings(result)) {
            out.append("<p class=warning>").append(Html.escape(warning)).append("</p>");
        }
    }

    private void tiles(StringBuilder out) {
        Counts counts = result.counts();
        Percentiles headline = Percentiles.of(result.headline());
        out.append("<div class=tiles>");
        tile(out, "answers/s", Figures.rate(result.tps()));
        tile(out, "p50", Figures.durationOrDash(headline.count(), headline.p50Ns()));
        tile(out, "p99", Figures.durationOrDash(headline.count(), headline.p99Ns()));
        tile(out, "p99.9", Figures.durationOrDash(headline.count(), headline.p999Ns()));
        tile(out, "max", Figures.durationOrDash(headline.count(), headline.maxNs()));
        tile(out, "sent", Figures.count(counts.sent()));
        tile(out, "approved", Figures.count(counts.approved()));
        tile(out, "declined", Figures.count(counts.declined()));
        tile(out, "timeouts", Figures.count(counts.timeouts()));
        tile(out, "refused at once", Figures.count(counts.refused()));
        tile(out, "lost", Figures.count(counts.open()));
        tile(out, "cut off", Figures.count(counts.cutOff()));
        tile(out, "cross-wired", Figures.count(counts.crossWired()));
        tile(out, "duplicates", Figures.count(counts.duplicates()));
        out.append("</div>");
    }

    private static void tile(StringBuilder out, String name, String value) {
        out.append("<div><b>").append(value).append("</b><span>").append(name).append("</span></div>");
    }

    private String reading() {
        LoadPlan plan = result.plan();
        String from = plan.rate().closedLoop()
                ? "Measured from sending (closed loop)"
                : "Measured from the moment a message was due, not from when it could be sent, so a stall counts for every"
                        + " message it delayed (corrected for coordinated omission)";
        String warmup = plan.warmupNs() > 0
                ? " The first " + Figures.duration(plan.warmupNs()) + " are warm-up: checked, not measured."
                : "";
        return from + ". The headline is approved and declined together; timeouts (response codes "
                + String.join(", ", plan.timeoutCodes().stream().sorted().toList())
                + ": " + AnswerClass.TIMEOUT_MEANS
                + ") stand apart; refused at once are those of them that came within "
                + Figures.duration(AnswerClass.AT_ONCE_NS)
                + ", cut off those of the lost whose connection the other side closed." + warmup;
    }

    private String percentileChart() {
        return PercentileChart.svg(
                "Latency by percentile",
                List.of(
                        new PercentileChart.Curve(0, "from the intended time of sending (headline)", result.headline()),
                        new PercentileChart.Curve(1, "from the actual sending", result.service())),
                nothing());
    }

    /** Why there are no latencies to draw, where there are none. */
    private String nothing() {
        Counts counts = result.counts();
        if (counts.sent() == 0) {
            return "No latencies: nothing was sent.";
        }
        if (counts.answered() == 0) {
            return "No latencies: none of " + Figures.counted(counts.sent(), "request") + " was answered.";
        }
        return counts.approved() + counts.declined() == 0
                ? "No latencies: every answer is a timeout, and those stand apart."
                : "No latencies: every answer came during the warm-up.";
    }

    private String latencyTable() {
        List<List<String>> rows = new ArrayList<>();
        rows.add(row("headline: approved and declined", result.headline()));
        for (AnswerClass answerClass : AnswerClass.values()) {
            rows.add(row(answerClass.label(), result.latency().get(answerClass)));
        }
        rows.add(row("headline, from actual sending", result.service()));
        rows.add(row("tool behind schedule", result.lag()));
        return Html.table(List.of("", "count", "p50", "p90", "p99", "p99.9", "p99.99", "max"), rows);
    }

    private static List<String> row(String name, Histogram histogram) {
        Percentiles p = Percentiles.of(histogram);
        List<String> row = new ArrayList<>(List.of(name, Figures.count(p.count())));
        for (long ns : new long[] {p.p50Ns(), p.p90Ns(), p.p99Ns(), p.p999Ns(), p.p9999Ns(), p.maxNs()}) {
            row.add(Figures.durationOrDash(p.count(), ns));
        }
        return row;
    }

    private LineChart throughputChart() {
        double top = result.seconds().stream()
                .filter(second -> second.whole() || result.seconds().size() == 1)
                .mapToDouble(second -> Math.max(second.tps(), sentPerSecond(second)))
                .max()
                .orElse(1);
        return overTime(
                "Messages a second",
                Axis.linear(top, ""),
                List.of("answered", "sent"),
                List.of(Second::tps, HtmlReport::sentPerSecond),
                Figures::rate);
    }

    private static double sentPerSecond(Second second) {
        return second.lengthNs() == 0 ? 0 : second.sent() * 1e9 / second.lengthNs();
    }

    private LineChart latencyOverTime() {
        long low = result.seconds().stream()
                .filter(second -> second.latency().count() > 0)
                .mapToLong(second -> second.latency().p50Ns())
                .min()
                .orElse(1_000);
        return overTime(
                "Latency in each second",
                Axis.logNanos(low, result.headline().getMaxValue()),
                List.of("p50", "p99", "max"),
                List.of(
                        s -> s.latency().p50Ns(),
                        s -> s.latency().p99Ns(),
                        s -> s.latency().maxNs()),
                ns -> Figures.duration((long) ns));
    }

    private LineChart overTime(
            String title,
            Axis y,
            List<String> names,
            List<ToDoubleFunction<Second>> values,
            java.util.function.DoubleFunction<String> text) {
        List<LineChart.Series> series = new ArrayList<>();
        double end = 1;
        for (int i = 0; i < names.size(); i++) {
            List<LineChart.Point> points = new ArrayList<>();
            for (Second second : result.seconds()) {
                double at = second.endNs() / 1e9;
                double value = values.get(i).applyAsDouble(second);
                end = Math.max(end, at);
                if (value > 0 && (second.whole() || result.seconds().size() == 1)) {
                    points.add(new LineChart.Point(
                            at, value, names.get(i) + " at " + Math.round(at) + " s: " + text.apply(value)));
                }
            }
            series.add(new LineChart.Series(i, names.get(i), points));
        }
        return new LineChart(title, Axis.seconds(end), y, series, nothing());
    }

    private String codesTable() {
        List<List<String>> rows = new ArrayList<>();
        long answered = result.counts().answered();
        for (Map.Entry<String, Long> code : result.codes().entrySet()) {
            rows.add(List.of(
                    code.getKey(),
                    AnswerClass.of(code.getKey(), result.plan().timeoutCodes()).label(),
                    Figures.count(code.getValue()),
                    Figures.share(code.getValue(), answered)));
        }
        return Html.table(List.of("response code", "class", "answers", "share"), rows);
    }

    /** Without those that carry paths of the machine. */
    private static String jvmFlags() {
        return ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(flag -> flag.startsWith("-X"))
                .collect(Collectors.joining(" "));
    }

    private String settingsTable() {
        LoadPlan plan = result.plan();
        LoadPlan.Wire wire = plan.wire();
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("target", target()));
        rows.add(List.of("rate", plan.rate().text() + (plan.rate().poisson() ? ", Poisson arrivals" : "")));
        rows.add(List.of(
                "duration",
                Figures.duration(result.sendingNs()) + " sending, answers awaited up to "
                        + Figures.duration(plan.graceNs()) + " more"));
        rows.add(List.of("connections", wire.connections() + ", at most " + wire.inFlightMax() + " in flight on each"));
        rows.add(List.of("tool", Figures.counted(wire.threads(), "event loop") + ", " + result.transport()));
        rows.add(List.of(
                "mix",
                plan.mix().name() + " ("
                        + Figures.counted(plan.mix().templates().size(), "template") + "), seed " + plan.seed()));
        rows.add(List.of("spec", wire.spec().name()));
        rows.add(List.of(
                "framing",
                wire.framing().lengthSize() + "-byte length "
                        + wire.framing().lengthEncoding() + ", TPDU "
                        + (wire.framing().tpduLength() == 0
                                ? "none"
                                : wire.framing().tpduLength() + " bytes")));
        rows.add(List.of("Java", Runtime.version() + ", " + System.getProperty("java.vm.name")));
        rows.add(List.of("JVM flags", jvmFlags()));
        rows.add(List.of(
                "machine",
                Runtime.getRuntime().availableProcessors() + " cores, " + System.getProperty("os.name") + " "
                        + System.getProperty("os.version") + " " + System.getProperty("os.arch")));
        return Html.facts(rows);
    }
}
