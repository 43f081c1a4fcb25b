package io.fluxrig.cli.screen;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TerminalTest {

    @Test
    void shouldObeyNoColorAndDumbTerminals() {
        assertThat(Terminal.detect(true, Map.of()).color()).isTrue();
        assertThat(Terminal.detect(true, Map.of("NO_COLOR", "1")).color()).isFalse();
        assertThat(Terminal.detect(true, Map.of("NO_COLOR", "1")).live()).isTrue();
        assertThat(Terminal.detect(true, Map.of("TERM", "dumb")).live()).isFalse();
        assertThat(Terminal.detect(false, Map.of()).live()).isFalse();
    }

    @Test
    void shouldTakeWidthFromEnvironmentButNoMoreThanThereIs() {
        Terminal terminal = new Terminal(true, false, 132);

        assertThat(terminal.within(new Terminal.Size(60, 24))).isEqualTo(new Terminal.Size(60, 24));
        assertThat(terminal.within(new Terminal.Size(200, 24))).isEqualTo(new Terminal.Size(132, 24));
        assertThat(Terminal.detect(false, Map.of("COLUMNS", "132")).width()).isEqualTo(132);
        assertThat(Terminal.detect(false, Map.of()).width()).isEqualTo(80);
    }

    @Test
    void shouldDrawOverWhatItDrewAndShowTheCursorAgain() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (LiveBoard board = new LiveBoard(new PrintStream(bytes, true, StandardCharsets.UTF_8))) {
            board.draw(List.of("one", "two"), 80);
            board.draw(List.of("three"), 80);
        }

        assertThat(bytes.toString(StandardCharsets.UTF_8))
                .isEqualTo(
                        "\u001b[?25l\rone\u001b[K\n\rtwo\u001b[K\n\u001b[J\u001b[2A\rthree\u001b[K\n\u001b[J\u001b[?25h");
    }

    @Test
    void shouldGoUpOverLinesThatANarrowerTerminalHasWrapped() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (LiveBoard board = new LiveBoard(new PrintStream(bytes, true, StandardCharsets.UTF_8))) {
            board.draw(List.of("\u001b[1m" + "x".repeat(79) + "\u001b[0m", "", "y".repeat(60)), 80);
            board.draw(List.of("z"), 60);
        }

        assertThat(bytes.toString(StandardCharsets.UTF_8)).contains("\u001b[4A\rz");
    }
}
