package io.fluxrig.engine.gears.conductor.correlation;

import static org.assertj.core.api.Assertions.assertThat;

import io.fluxrig.iso.spec.Spec;
import io.fluxrig.iso.spec.SpecLoader;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class PairingsTest {
    private final Pairings pairings = new Pairings();

    private static Spec pairing(String request, String answer) {
        String text = """
                spec:
                  id: pairs
                  version: 1.0.0
                  wire: { source: "moov:spec87ascii" }
                  messages:
                    catalog:
                      "%s": { name: asks, flow: request, pairs_with: "%s" }
                      "%s": { name: answers, flow: response, pairs_with: "%s" }
                """.formatted(request, answer, answer, request);
        return SpecLoader.load("pairs.yaml", text.getBytes(StandardCharsets.UTF_8))
                .orThrow();
    }

    @Test
    void shouldPreferWhatTheCatalogPairs() {
        pairings.answer(430, pairing("0400", "0430"));

        assertThat(pairings.suits(400)).isEqualTo(Pairings.CATALOG);
        assertThat(pairings.suits(401)).as("its repeat").isEqualTo(Pairings.CATALOG);
        assertThat(pairings.suits(420)).isEqualTo(Pairings.USUAL);
    }

    @Test
    void shouldTakeNothingElseWhereTheCatalogSaysWhatAnswers() {
        Spec dialect = pairing("0100", "0110");

        pairings.answer(112, dialect);
        assertThat(pairings.suits(100)).isEqualTo(Pairings.NONE);
        assertThat(pairings.suits(102)).as("not in the catalog").isEqualTo(Pairings.USUAL);
        pairings.answer(110, dialect);
        assertThat(pairings.suits(100)).isEqualTo(Pairings.CATALOG);
        pairings.answer(111, dialect);
        assertThat(pairings.suits(100)).as("an answer's repeat").isEqualTo(Pairings.USUAL);
    }

    @Test
    void shouldNotTakeAnIssuersTypeForAnAnswerToAnAcquirer() {
        pairings.answer(112, null);

        assertThat(pairings.suits(100)).isEqualTo(Pairings.NONE);
    }

    @Test
    void shouldTakeTheFunctionThatFollowsWithoutADialect() {
        pairings.answer(430, null);

        assertThat(pairings.suits(421)).isEqualTo(Pairings.USUAL);
        assertThat(pairings.suits(422)).as("another origin").isEqualTo(Pairings.LOOSE);
        assertThat(pairings.suits(400)).isEqualTo(Pairings.NONE);
        assertThat(pairings.suits(1420)).isEqualTo(Pairings.NONE);
    }

    @Test
    void shouldTellDialectsApart() {
        Spec one = pairing("0400", "0430");
        Spec other = pairing("0420", "0430");

        pairings.answer(430, one);
        assertThat(pairings.suits(400)).isEqualTo(Pairings.CATALOG);
        pairings.answer(430, other);
        assertThat(pairings.suits(400)).isEqualTo(Pairings.NONE);
        pairings.answer(430, one);
        assertThat(pairings.suits(400)).isEqualTo(Pairings.CATALOG);
    }
}
