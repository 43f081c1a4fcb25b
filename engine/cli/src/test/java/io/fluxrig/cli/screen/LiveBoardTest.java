package io.fluxrig.cli.screen;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class LiveBoardTest {

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
