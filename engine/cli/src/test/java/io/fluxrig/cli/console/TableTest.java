package io.fluxrig.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class TableTest {
    private final Table table = new Table("AT", "WHO", "DETAIL")
            .row("2026-11-28T00:21:10Z", "api ana 127.0.0.1", "port 8583 is taken by another process")
            .row("2026-11-28T00:21:19Z", "api", "");

    private static Terminal terminal(boolean live, int columns) {
        return Terminal.detect(live, Map.of("COLUMNS", Integer.toString(columns)));
    }

    @Test
    void shouldKeepARowInALineForAPipe() {
        assertThat(table.text(terminal(false, 40))).isEqualTo(table.toString()).isEqualTo("""
                AT                    WHO                DETAIL
                2026-11-28T00:21:10Z  api ana 127.0.0.1  port 8583 is taken by another process
                2026-11-28T00:21:19Z  api
                """);
    }

    @Test
    void shouldBeTheSameOnATerminalThatIsWideEnough() {
        assertThat(table.text(terminal(true, 78))).isEqualTo(table.toString());
    }

    @Test
    void shouldGoOnBelowTheBeginningOfALongText() {
        assertThat(table.text(terminal(true, 70))).isEqualTo("""
                AT                    WHO                DETAIL
                2026-11-28T00:21:10Z  api ana 127.0.0.1  port 8583 is taken by another
                                                         process
                2026-11-28T00:21:19Z  api
                """);
    }

    @Test
    void shouldPutWhatHasNoRoomBelowItsRow() {
        assertThat(table.text(terminal(true, 30))).isEqualTo("""
                AT
                2026-11-28T00:21:10Z
                  WHO api ana 127.0.0.1
                  DETAIL port 8583 is taken by
                    another process
                2026-11-28T00:21:19Z
                  WHO api
                """);
    }

    @Test
    void shouldPutShortCellsSideBySideBelowTheirRow() {
        Table wide = new Table("NAME", "SHA-256", "BYTES", "ADDED").row("pay", "f".repeat(40), "4,567", "today");

        assertThat(wide.text(terminal(true, 30))).isEqualTo("""
                NAME
                pay
                  SHA-256
                    ffffffffffffffffffffffffff
                    ffffffffffffff
                  BYTES 4,567  ADDED today
                """);
    }
}
