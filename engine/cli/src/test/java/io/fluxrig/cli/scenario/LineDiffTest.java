package io.fluxrig.cli.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class LineDiffTest {
    @Test
    void shouldTellWhatWentAndWhatCame() {
        assertThat(LineDiff.of(List.of("a", "b", "c", "d"), List.of("a", "c", "x", "d", "e")))
                .containsExactly("-2: b", "+3: x", "+5: e");
    }

    @Test
    void shouldTellNothingOfWhatStayed() {
        assertThat(LineDiff.of(List.of("a", "b"), List.of("a", "b"))).isEmpty();
        assertThat(LineDiff.of(List.of(), List.of())).isEmpty();
    }

    @Test
    void shouldTellAFileThatCameOrWent() {
        assertThat(LineDiff.of(List.of(), List.of("a"))).containsExactly("+1: a");
        assertThat(LineDiff.of(List.of("a"), List.of())).containsExactly("-1: a");
    }

    @Test
    void shouldNotTakeForeverOverLongFiles() {
        List<String> before = Collections.nCopies(5000, "x");
        List<String> after = Collections.nCopies(5000, "y");

        assertThat(LineDiff.of(before, after)).hasSize(10_000);
    }
}
