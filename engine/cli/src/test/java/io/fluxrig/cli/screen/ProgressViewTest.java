package io.fluxrig.cli.screen;

import static org.assertj.core.api.Assertions.assertThat;

import io.fluxrig.cli.console.Console;
import io.fluxrig.cli.console.Interrupts;
import io.fluxrig.cli.console.Terminal;
import io.fluxrig.load.Counts;
import io.fluxrig.load.Percentiles;
import io.fluxrig.load.Progress;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class ProgressViewTest {
    private static final long SECOND_NS = 1_000_000_000L;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    private ProgressView view(boolean live) {
        PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
        Console console = new Console(
                InputStream.nullInputStream(), out, out, Map.of(), new Terminal(live, false, 100), new Interrupts());
        return ProgressView.forPeople(console, "a switch");
    }

    private String shown() {
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private static LoadFigures load(long elapsedNs) {
        Counts counts = new Counts(elapsedNs / SECOND_NS, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
        return new LoadFigures(
                Progress.Phase.SENDING, elapsedNs, 60 * SECOND_NS, 1, counts, new Percentiles(0, 0, 0, 0, 0, 0, 0));
    }

    private static RackFigures rack(long uptimeNs) {
        return new RackFigures(
                "east",
                "running",
                uptimeNs,
                7,
                5,
                2,
                Map.of(),
                0,
                new Percentiles(0, 0, 0, 0, 0, 0, 0),
                List.of(),
                List.of(),
                List.of());
    }

    @Test
    void shouldNameWhatTheRackRunsByNow() {
        Console console = new Console(
                InputStream.nullInputStream(),
                new PrintStream(bytes, true, StandardCharsets.UTF_8),
                System.err,
                Map.of(),
                new Terminal(true, false, 100),
                new Interrupts());
        AtomicReference<String> runs = new AtomicReference<>("east one 1.0.0");
        try (ProgressView view = ProgressView.forPeople(console, rack -> runs.get())) {
            view.show(null, rack(SECOND_NS));
            runs.set("east one 1.1.0");
            view.show(null, rack(2 * SECOND_NS));
        }

        assertThat(shown()).containsSubsequence("east one 1.0.0", "east one 1.1.0");
    }

    @Test
    void shouldDrawInPlaceOnATerminal() {
        try (ProgressView view = view(true)) {
            view.show(load(SECOND_NS), rack(SECOND_NS));
            view.show(load(2 * SECOND_NS), rack(2 * SECOND_NS));
        }

        assertThat(shown())
                .contains("a switch", "1 of 60 s", "2 of 60 s", "\u001b[?25l")
                .endsWith("\u001b[?25h");
    }

    @Test
    void shouldPrintALineEveryFiveSecondsElsewhere() {
        try (ProgressView view = view(false)) {
            for (int tenth = 0; tenth <= 120; tenth++) {
                view.show(load(tenth * SECOND_NS / 10), null);
            }
        }

        assertThat(shown().lines()).hasSize(2).noneMatch(line -> line.contains("\u001b"));
    }

    @Test
    void shouldPrintLinesOfARackByItself() {
        try (ProgressView view = view(false)) {
            view.show(null, rack(100 * SECOND_NS));
            view.show(null, rack(101 * SECOND_NS));
            view.show(null, null);
            view.show(null, rack(106 * SECOND_NS));
        }

        assertThat(shown().lines()).hasSize(2);
    }

    @Test
    void shouldSayOnceThatARackIsSilentAndShowItWhenItIsBack() {
        try (ProgressView view = view(false)) {
            view.show(null, rack(100 * SECOND_NS));
            view.show(null, rack(100 * SECOND_NS).silentFor(SECOND_NS));
            view.show(null, rack(100 * SECOND_NS).silentFor(2 * SECOND_NS));
            view.show(null, rack(SECOND_NS));
        }

        assertThat(shown().lines()).hasSize(3);
        assertThat(shown()).contains("east: no answer for 1 s, was running");
    }

    @Test
    void shouldShowNothingWhenSilent() {
        try (ProgressView view = ProgressView.silent()) {
            view.show(load(10 * SECOND_NS), rack(SECOND_NS));
        }

        assertThat(shown()).isEmpty();
    }
}
