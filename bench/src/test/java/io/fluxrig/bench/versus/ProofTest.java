package io.fluxrig.bench.versus;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProofTest {
    private final Scores scores = Samples.oneRound();
    private final List<Outcome> outcomes = Proof.outcomes(scores);

    @Test
    void shouldNameEveryClaim() {
        assertThat(outcomes)
                .extracting(Outcome::name)
                .containsExactly(
                        "saturation throughput, fluxrig / limit",
                        "CPU per transaction, fluxrig / limit",
                        "throughput, fluxrig / jpos",
                        "CPU per transaction, fluxrig / jpos",
                        "p99 open-loop at 50 % of the limit's saturation, fluxrig / limit",
                        "p99 open-loop at 50 % of jPOS's own saturation, fluxrig / jpos",
                        "garbage per transaction in steady state",
                        "start to first answer");
    }

    @Test
    void shouldMeetATargetAtItsBoundAndMissItBeyond() {
        assertThat(Target.atLeast(0.6).met(0.6)).isTrue();
        assertThat(Target.atLeast(0.6).met(0.59)).isFalse();
        assertThat(Target.atMost(2).met(2)).isTrue();
        assertThat(Target.atMost(2).met(2.01)).isFalse();
    }

    @Test
    void shouldHoldEachClaimAgainstTheTargetOfItsDepth() {
        assertThat(outcomes)
                .filteredOn(Outcome::missed)
                .extracting(Outcome::name)
                .containsExactly("p99 open-loop at 50 % of the limit's saturation, fluxrig / limit");
    }

    @Test
    void shouldHaveNoTargetForADepthThatNobodyPromisedAnythingFor() {
        Scores deeper = new Scores();
        deeper.add(Samples.saturation(1, 64, Contender.LIMIT, 300_000));
        deeper.add(Samples.saturation(1, 64, Contender.FLUXRIG, 3));

        assertThat(Proof.outcomes(deeper)).allSatisfy(outcome -> {
            assertThat(outcome.target()).isNull();
            assertThat(outcome.missed()).isFalse();
            assertThat(outcome.verdict()).isEmpty();
        });
    }

    @Test
    void shouldMissEveryUpperBoundWhenTheLoadWasTooMuch() {
        Outcome outcome = new Outcome("p99", 8, "", Double.POSITIVE_INFINITY, Target.atMost(2));

        assertThat(outcome.missed()).isTrue();
        assertThat(outcome.valueText()).isEqualTo("saturated");
    }

    @Test
    void shouldWriteJsonByTheNamesOfTheClaims() throws JsonProcessingException {
        JsonNode json = new ObjectMapper().readTree(ProofJson.of(scores, outcomes, Samples.CONDITIONS));

        JsonNode ratio = json.at("/ratios/saturation throughput, fluxrig ~1 limit/8");
        assertThat(ratio.get("value").asDouble()).isEqualTo(0.7);
        assertThat(ratio.get("target").asText()).isEqualTo("at least 0.6");
        assertThat(ratio.get("met").asBoolean()).isTrue();
        assertThat(json.at("/saturation/1/contestant").asText()).isEqualTo("fluxrig");
        assertThat(json.at("/saturation/1/garbage_bytes").asDouble()).isEqualTo(11);
        assertThat(json.at("/open_loop/0/p99_us").asDouble()).isBetween(99.0, 101.0);
        assertThat(json.at("/conditions/connections").asText()).isEqualTo("32");
    }

    @Test
    void shouldLeaveOutOfJsonWhatIsNoNumber() throws JsonProcessingException {
        JsonNode json = new ObjectMapper().readTree(ProofJson.of(scores, outcomes, Samples.CONDITIONS));

        JsonNode saturated = json.at("/open_loop/2");
        assertThat(saturated.get("saturated").asBoolean()).isTrue();
        assertThat(saturated.has("p99_us")).isFalse();
    }

    @Test
    void shouldPrintEachClaimWithItsTarget() {
        assertThat(ProofText.of(scores, outcomes).lines())
                .anySatisfy(line -> assertThat(line)
                        .contains("saturation throughput, fluxrig / limit", "0.700", "at least 0.6", "met"));
    }

    @Test
    void shouldDrawAllContendersOverEachOtherOnAPageThatStandsAlone() {
        String html = new ProofPage(scores, outcomes, Samples.CONDITIONS, List.of()).html();

        assertThat(html).startsWith("<!doctype html>").endsWith("</html>\n");
        assertThat(html).doesNotContain("http:", "https:", "src=", "@import", "url(");
        assertThat(html).contains("50 % of jPOS&#39;s own saturation", "saturated", "7 of 8 targets met");
    }

    @Test
    void shouldSayOnThePageWhatWasAnsweredWrongly() {
        String html = new ProofPage(scores, outcomes, Samples.CONDITIONS, List.of("jpos: 3 < lost")).html();

        assertThat(html).contains("✗ jpos: 3 &lt; lost").doesNotContain("✓ Every request");
    }
}
