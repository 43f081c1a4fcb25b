package io.fluxrig.iso.rule;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SpellingTest {
    private static final List<String> NAMES = List.of("card.pan", "amount", "stan", "resp_code");

    @Test
    void shouldFindTheNameThatWasMeant() {
        assertThat(Spelling.nearest("amuont", NAMES)).isEqualTo("amount");
        assertThat(Spelling.nearest("Resp_Code", NAMES)).isEqualTo("resp_code");
        assertThat(Spelling.nearest("card_pan", NAMES)).isEqualTo("card.pan");
    }

    @Test
    void shouldSayNothingWhereNothingIsNear() {
        assertThat(Spelling.nearest("merchant", NAMES)).isNull();
        assertThat(Spelling.nearest("x".repeat(1000), NAMES)).isNull();
    }
}
