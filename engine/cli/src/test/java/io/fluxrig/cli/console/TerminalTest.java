package io.fluxrig.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

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
}
