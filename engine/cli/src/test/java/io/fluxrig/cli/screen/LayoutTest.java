package io.fluxrig.cli.screen;

import static org.assertj.core.api.Assertions.assertThat;

import io.fluxrig.cli.console.Wrapped;
import io.fluxrig.cli.screen.RackFigures.Destination;
import io.fluxrig.cli.screen.RackFigures.GearLine;
import io.fluxrig.cli.screen.RackFigures.Trouble;
import io.fluxrig.load.Counts;
import io.fluxrig.load.Percentiles;
import io.fluxrig.load.Progress;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LayoutTest {
    private static final Percentiles LATENCY =
            new Percentiles(24_000, 74_200, 120_000, 210_000, 1_200_000, 2_000_000, 3_050_000);

    static final LoadFigures LOAD = new LoadFigures(
            Progress.Phase.SENDING,
            12_000_000_000L,
            30_000_000_000L,
            2_003,
            new Counts(24_036, 22_100, 1_500, 380, 56, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0),
            LATENCY);

    static final RackFigures RACK = new RackFigures(
            "payment-switch",
            "running",
            7_500_000_000_000L,
            24_036,
            22_100,
            1_500,
            Map.of("no_route", 240L, "timeout", 140L),
            56,
            LATENCY,
            List.of(
                    new Destination("switch", "out_scheme_a1", 1, true, "", 3, "closed", 9_000, 8_997, 0, 0),
                    new Destination("switch", "out_silent", 0, false, "no link", 40, "half_open", 180, 0, 140, 21)),
            List.of(
                    new GearLine("terminals", "io_iso8583", "running", 24_036, 16),
                    new GearLine("switch", "conductor", "running", 24_036, -1)),
            List.of());

    private static String text(LoadFigures load, RackFigures rack, int width) {
        return String.join("\n", new Layout(false, width).lines("fluxrig demo", load, rack, new Pace(1_999, Map.of())));
    }

    @Test
    void shouldShowLoadAndDestinations() {
        assertThat(text(LOAD, RACK, 100))
                .contains("fluxrig demo", "12 of 30 s")
                .contains("2,003 tps", "p50 74.2 µs", "p99 210 µs", "p99.9 1.20 ms", "max 3.05 ms")
                .contains("approved 22,100", "declined 1,500", "timeouts 380", "open 56")
                .containsPattern("out_scheme_a1 +up 1 +3 +closed +9,000")
                .containsPattern("in flight +breaker +sent +unanswered +late")
                .containsPattern("out_silent +down +40 +half-open +180 +140 +21");
    }

    @Test
    void shouldSayWhyThereAreNoLatenciesYet() {
        Percentiles none = new Percentiles(0, 0, 0, 0, 0, 0, 0);
        LoadFigures warming = new LoadFigures(
                Progress.Phase.WARMING_UP, LOAD.elapsedNs(), LOAD.durationNs(), LOAD.tps(), LOAD.counts(), none);
        LoadFigures begun = new LoadFigures(
                Progress.Phase.SENDING, LOAD.elapsedNs(), LOAD.durationNs(), LOAD.tps(), LOAD.counts(), none);

        assertThat(text(warming, null, 100)).contains("p50 –", "not measured yet");
        assertThat(text(begun, null, 100)).contains("p50 –", "no answer measured yet");
        assertThat(text(LOAD, null, 100)).doesNotContain("measured");
    }

    @Test
    void shouldShowARackByItself() {
        assertThat(text(null, RACK, 100))
                .contains("running, up 2 h 5 min")
                .contains("1,999 tps", "no route 240", "timeout 140");
    }

    @Test
    void shouldSayBelowTheTitleWhichDestinationsAreDown() {
        Layout layout = new Layout(false, 80);

        assertThat(layout.lines("fluxrig top", null, RACK, Pace.NONE).get(1))
                .isEqualTo("  1 of 2 destinations down: switch.out_silent (no link)");
        assertThat(layout.lines("fluxrig demo", LOAD, RACK, Pace.NONE).get(1))
                .isEqualTo("  1 of 2 destinations down: switch.out_silent (no link)");
        assertThat(layout.lines("fluxrig load", LOAD, null, Pace.NONE).get(1)).isEmpty();
    }

    static RackFigures withoutSwitch(List<Trouble> troubles) {
        return new RackFigures(
                "issuer",
                "running",
                1,
                0,
                0,
                0,
                Map.of(),
                0,
                new Percentiles(0, 0, 0, 0, 0, 0, 0),
                List.of(),
                List.of(RACK.gears().get(0)),
                troubles);
    }

    @Test
    void shouldShowGearsOfARackWithoutSwitch() {
        RackFigures host = withoutSwitch(List.of());
        Pace pace = new Pace(0, Map.of("terminals", 41.5));

        assertThat(String.join("\n", new Layout(false, 80).lines("fluxrig top", null, host, pace)))
                .containsPattern("gear +state +conns +messages +a second")
                .containsPattern("terminals +running +16 +24,036 +41.5")
                .contains("no switch here: requests are counted where their switch is")
                .doesNotContain("p50", "tps", "requests 0");
    }

    @Test
    void shouldShowWiresThatTakeNothingAboveAllElse() {
        RackFigures stopped = withoutSwitch(List.of(
                new Trouble(
                        "in.out->books.in takes nothing",
                        "in.out->books.in takes nothing since noon: disk full, senders are refused",
                        "df -h /data/a/folder/whose/path/is/longer/than/a/line"),
                new Trouble("mixer away", "no mixer answers", "")));

        assertThat(new Layout(false, 40).lines("fluxrig top", null, stopped, Pace.NONE))
                .startsWith(
                        "fluxrig top             running, up 0 s",
                        "",
                        "  in.out->books.in takes nothing since",
                        "    noon: disk full, senders are",
                        "    refused",
                        "    df -h",
                        "      /data/a/folder/whose/path/is/long",
                        "      er/than/a/line",
                        "  no mixer answers");
    }

    @Test
    void shouldSaySinceWhenTheLatenciesOfARackAre() {
        assertThat(text(null, RACK, 120)).contains("since start");
        assertThat(text(LOAD, RACK, 120)).doesNotContain("since start");
    }

    @Test
    void shouldShortenTheTitleBeforeTheState() {
        RackFigures silent = RACK.silentFor(3_000_000_000L);

        assertThat(new Layout(false, 60)
                        .lines("fluxrig top  rack one  http://127.0.0.1:18090", null, silent, Pace.NONE)
                        .get(0))
                .startsWith("fluxrig top")
                .endsWith("…  no answer for 3 s, was running");
    }

    @Test
    void shouldKeepTheHeadOfWhatIsTooHigh() {
        List<String> lines = new Layout(false, 60).lines("fluxrig top", null, RACK, Pace.NONE);

        assertThat(Layout.fit(lines, lines.size())).isEqualTo(lines);
        assertThat(Layout.fit(lines, 4))
                .hasSize(4)
                .startsWith(lines.get(0))
                .last()
                .asString()
                .contains("more lines");
    }

    @Test
    void shouldBreakASummaryBetweenWords() {
        String line = "  note       " + "word ".repeat(30).strip();

        assertThat(Wrapped.text(line + "\n", 80).lines())
                .hasSizeGreaterThan(1)
                .allMatch(part -> part.length() <= 80 && part.endsWith("word"));
        assertThat(Wrapped.text(line, 80).lines().skip(1)).allMatch(part -> part.startsWith("             word"));
        assertThat(Wrapped.text(line, Integer.MAX_VALUE)).isEqualTo(line + "\n");
    }

    @ParameterizedTest
    @ValueSource(ints = {24, 40, 60, 72, 80, 100, 200})
    void shouldNeverBeWiderThanTheTerminal(int width) {
        assertThat(new Layout(false, width).lines("fluxrig demo  a rather long title", LOAD, RACK, Pace.NONE))
                .allSatisfy(line -> assertThat(line.length()).isLessThan(width));
        assertThat(new Layout(false, width).lines("fluxrig top", null, RACK, Pace.NONE))
                .allSatisfy(line -> assertThat(line.length()).isLessThan(width));
    }

    @Test
    void shouldColourOnlyWhenAsked() {
        assertThat(String.join("", new Layout(false, 80).lines("t", LOAD, RACK, Pace.NONE)))
                .doesNotContain("\u001b");
        List<String> coloured = new Layout(true, 80).lines("t", LOAD, RACK, Pace.NONE);
        assertThat(String.join("", coloured)).contains("\u001b[1m");
        assertThat(coloured.stream().map(line -> line.replaceAll("\u001b\\[[0-9;]*m", "")))
                .isEqualTo(new Layout(false, 80).lines("t", LOAD, RACK, Pace.NONE));
    }

    @Test
    void shouldSayHowLongSomethingLasts() {
        assertThat(Layout.span(42_000_000_000L)).isEqualTo("42 s");
        assertThat(Layout.span(185_000_000_000L)).isEqualTo("3 min 5 s");
        assertThat(Layout.span(90_061_000_000_000L)).isEqualTo("1 d 1 h");
    }
}
