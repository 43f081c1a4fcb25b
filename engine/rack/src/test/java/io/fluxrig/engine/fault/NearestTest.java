package io.fluxrig.engine.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class NearestTest {

    @Test
    void shouldFindWhatWasMeant() {
        List<String> known = List.of("bind", "connect", "connect_timeout", "mode");
        assertThat(Nearest.find("bnid", known)).isEqualTo("bind");
        assertThat(Nearest.find("conect", known)).isEqualTo("connect");
        assertThat(Nearest.find("connect-timeout", known)).isEqualTo("connect_timeout");
        assertThat(Nearest.find("Mode", known)).isEqualTo("mode");
        assertThat(Nearest.find("zebra", known)).isNull();
        assertThat(Nearest.find("", known)).isNull();
        assertThat(Nearest.find("x".repeat(1000), known)).isNull();
    }

    @Test
    void shouldListTheKnownWordsIfNoneIsClose() {
        assertThat(Nearest.fix("zebra", List.of("a", "b"))).isEqualTo("known: a, b");
        assertThat(Nearest.fix("zebra", List.of())).isEqualTo("remove it");
    }

    @Test
    void shouldCountSwapsAsOneEdit() {
        assertThat(Nearest.distance("ab", "ba")).isEqualTo(1);
        assertThat(Nearest.distance("kitten", "sitting")).isEqualTo(3);
    }

    @Test
    void shouldKeepTheFirstFaultsAndCountTheRest() {
        Faults faults = new Faults();
        for (int i = 0; i < Faults.FAULTS_MAX + 3; i++) {
            faults.error(new Place("f", Faults.FAULTS_MAX + 3 - i, 1), "", "x", "");
        }
        assertThat(faults.all()).hasSize(Faults.FAULTS_MAX + 1);
        assertThat(faults.all().get(Faults.FAULTS_MAX).what()).isEqualTo("3 more faults are not shown");
        assertThat(faults.all().get(0).place().line())
                .isLessThan(faults.all().get(1).place().line());
    }
}
