package io.fluxrig.cli.screen;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ColumnsTest {
    private static final Paint PAINT = new Paint(true);

    @Test
    void shouldCutFillAndPad() {
        assertThat(Columns.cut("terminals", 9)).isEqualTo("terminals");
        assertThat(Columns.cut("terminals", 5)).isEqualTo("term…");
        assertThat(Columns.cut("terminals", 0)).isEqualTo("…");
        assertThat(Columns.fill("up", 4) + "|" + Columns.pad("3", 4)).isEqualTo("up  |   3");
        assertThat(Columns.fill("longer", 4) + "|" + Columns.pad("longer", 4)).isEqualTo("longer|longer");
    }

    @Test
    void shouldCountNoColours() {
        assertThat(Columns.width(PAINT.bad("down"))).isEqualTo(4);
        assertThat(Columns.plain(PAINT.bold("sent") + " 3")).isEqualTo("sent 3");
    }

    @Test
    void shouldPutAsManyPiecesInALineAsFit() {
        List<String> pieces = List.of(PAINT.dim("sent") + " 3", "open 1", "late 0");

        assertThat(Columns.flow(pieces, List.of(8, 8, 8), 100))
                .containsExactly("  " + PAINT.dim("sent") + " 3     open 1     late 0");
        assertThat(Columns.flow(pieces, List.of(8, 8, 8), 21))
                .containsExactly("  " + PAINT.dim("sent") + " 3     open 1", "  late 0");
        assertThat(Columns.flow(List.of("much wider than the line"), List.of(2), 10))
                .containsExactly("  much wider than the line");
    }
}
