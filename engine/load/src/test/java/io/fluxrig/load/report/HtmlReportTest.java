package io.fluxrig.load.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fluxrig.load.LoadResult;
import io.fluxrig.load.Results;
import io.fluxrig.load.tally.AnswerClass;
import java.util.List;
import org.junit.jupiter.api.Test;

class HtmlReportTest {
    private final LoadResult result = Results.of(1_000, 0);

    @Test
    void shouldStandAlone() {
        String html = new HtmlReport(result, List.of()).html();

        assertThat(html).startsWith("<!doctype html>").endsWith("</html>\n");
        assertThat(html.replace("http-equiv", "")).doesNotContain("http:", "https:", "src=", "@import", "url(");
        assertThat(html).contains("prefers-color-scheme:dark", "@media print");
    }

    /** Shrunk to a telephone's width its labels could not be read: the chart is as wide as it needs, and scrolls. */
    @Test
    void shouldLetChartsScrollWhereThePageIsNarrow() {
        assertThat(new HtmlReport(result, List.of()).html())
                .contains("<div class=scroll><svg", "max-width:720px", "figure svg{width:680px}");
    }

    @Test
    void shouldShowFiguresSettingsAndCurve() {
        String html = new HtmlReport(result, List.of()).html();

        assertThat(html)
                .contains("✓ Every request was answered exactly once", "own STAN: 1,000 of 1,000 approved.")
                .contains("Latency by percentile", ">99.9</text>")
                .doesNotContain("No latencies", ">99.99</text>")
                .contains("corrected for coordinated omission")
                .contains("<b>500 µs</b><span>p50</span>")
                .contains("1,000", "seed 1", "2-byte length BINARY");
    }

    @Test
    void shouldSayInTheChartWhyItIsEmpty() {
        assertThat(new HtmlReport(Results.of(0, 7), List.of()).html())
                .contains(">No latencies: none of 7 requests was answered.</text>");
        assertThat(new HtmlReport(Results.withTimeouts(0, 7), List.of()).html())
                .contains(">No latencies: every answer is a timeout, and those stand apart.</text>");
    }

    @Test
    void shouldBearTheNameOfWhatRanAndOfWhatItRanOn() {
        String html = new HtmlReport(result, "fluxrig demo", "payment-switch", List.of()).html();

        assertThat(html)
                .contains("<h1>fluxrig demo</h1>", "payment-switch · localhost", "<title>fluxrig demo: payment-switch");
    }

    @Test
    void shouldSayWhatWentWrong() {
        String html = new HtmlReport(Results.of(1_000, 3), List.of()).html();

        assertThat(html).contains("✗ Not every request was answered exactly once: 3 lost.");
    }

    @Test
    void shouldEscapeWhatOthersWrote() {
        HtmlReport.Section section =
                new HtmlReport.Section("<b>", List.of("a&b"), List.of(List.of("<script>alert('x')</script>")));

        assertThat(new HtmlReport(result, List.of(section)).html())
                .doesNotContain("<script>")
                .contains("&lt;script&gt;", "a&amp;b");
    }

    @Test
    void shouldWriteOneJsonObject() throws Exception {
        String line = JsonSummary.line(Results.of(1_000, 3));
        JsonNode json = new ObjectMapper().readTree(line);

        assertThat(line).doesNotContain("\n");
        for (String key : List.of(
                "sent",
                "answered",
                "approved",
                "declined",
                "timeouts",
                "lost",
                "cross_wired",
                "tps",
                "p50_us",
                "p99_us",
                "p999_us",
                "max_us")) {
            assertThat(json.has(key)).as(key).isTrue();
        }
        assertThat(json.get("sent").asLong()).isEqualTo(1_003);
        assertThat(json.get("lost").asLong()).isEqualTo(3);
        assertThat(json.get("p50_us").asDouble()).isBetween(499.0, 501.0);
    }

    @Test
    void shouldSumUpInText() {
        assertThat(TextSummary.of(result))
                .contains("Every request was answered exactly once")
                .contains("1,000 sent, 1,000 answered: 1,000 approved, 0 declined, 0 timeouts")
                .contains("p50 500 µs")
                .contains("00 × 1,000")
                .doesNotContain(AnswerClass.TIMEOUT_MEANS);
    }

    @Test
    void shouldSayWhatTimeoutsAreWhereThereAreAny() {
        assertThat(TextSummary.of(Results.withTimeouts(90, 10)))
                .contains("with its own STAN: 90 of 100 approved.")
                .contains("90 approved, 0 declined, 10 timeouts")
                .containsPattern("timeouts   p50 .* until such an answer came")
                .contains("codes 68, 91, 911: no issuer answered by the deadline, or none could be asked");
        assertThat(JsonSummary.fields(Results.withTimeouts(90, 10)))
                .containsEntry("timeouts", 10L)
                .containsEntry("refused", 10L)
                .containsEntry("cut_off", 0L);
        assertThat(TextSummary.of(Results.withTimeouts(90, 10)))
                .contains("  refused    10 of these timeouts came within 100 ms: refused at once");
        assertThat(TextSummary.of(Results.of(90, 3)))
                .contains("  cut off    3 of the lost were sent on a connection that the other side closed or reset");
    }
}
