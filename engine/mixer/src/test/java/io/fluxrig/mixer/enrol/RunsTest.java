package io.fluxrig.mixer.enrol;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class RunsTest {
    private static final long AWAY_MS = 15_000;
    private static final long FIRST = 100;
    private static final long SECOND = 200;
    private static final long THIRD = 300;

    private long nowMs = 1_000_000;
    private final Runs runs = new Runs(AWAY_MS, () -> Instant.ofEpochMilli(nowMs));

    private Runs.Heard heard(long run) {
        nowMs += 1_000;
        return runs.heard("east", run);
    }

    private void assertFine(long run) {
        assertThat(heard(run)).isEqualTo(new Runs.Heard(false, 0));
    }

    @Test
    void shouldTakeARackThatWasStartedAgainAtOnce() {
        assertFine(FIRST);
        assertFine(FIRST);
        assertFine(SECOND);
        assertFine(THIRD);
        assertThat(runs.isRefused("east", THIRD)).isFalse();
        assertThat(runs.isCopied("east")).isFalse();
    }

    @Test
    void shouldRefuseTheLaterOfTwoAtOnce() {
        assertFine(FIRST);
        assertFine(SECOND);

        assertThat(heard(FIRST)).isEqualTo(new Runs.Heard(false, SECOND));
        assertThat(heard(SECOND)).isEqualTo(new Runs.Heard(true, 0));
        assertFine(FIRST);
        assertThat(runs.isRefused("east", SECOND)).isTrue();
        assertThat(runs.isCopied("east")).isTrue();
        assertThat(runs.isCopied("west")).isFalse();
    }

    @Test
    void shouldRefuseTheLaterAlsoWhereItWasHeardFirst() {
        assertFine(SECOND);
        assertFine(FIRST);

        assertThat(heard(SECOND)).isEqualTo(new Runs.Heard(true, SECOND));
        assertFine(FIRST);
    }

    @Test
    void shouldRefuseEachOfSeveralCopies() {
        assertFine(FIRST);
        assertFine(SECOND);
        heard(FIRST);
        assertFine(THIRD);

        assertThat(heard(FIRST)).isEqualTo(new Runs.Heard(false, THIRD));
        assertThat(heard(SECOND).refused()).isTrue();
        assertThat(heard(THIRD).refused()).isTrue();
    }

    @Test
    void shouldTakeTheLaterOneOnceTheOtherHasEnded() {
        assertFine(FIRST);
        assertFine(SECOND);
        heard(FIRST);
        nowMs += AWAY_MS;

        assertThat(runs.isRefused("east", SECOND)).isFalse();
        assertFine(SECOND);
        assertThat(runs.isCopied("east")).isFalse();
    }

    @Test
    void shouldNotHoldUpTheRackThatIsStartedAgainBesideACopy() {
        assertFine(FIRST);
        assertFine(SECOND);
        heard(FIRST);

        assertFine(THIRD);
        assertFine(THIRD);
        assertThat(runs.isRefused("east", THIRD)).isFalse();
    }

    @Test
    void shouldSayNothingOfRacksThatDoNotSay() {
        assertFine(0);
        assertFine(FIRST);
        assertFine(0);
        assertFine(FIRST);
        assertThat(runs.isRefused("east", 0)).isFalse();
    }

    @Test
    void shouldForgetARackThatWasRemoved() {
        assertFine(FIRST);
        assertFine(SECOND);
        heard(FIRST);

        runs.forget("east");

        assertThat(runs.isRefused("east", SECOND)).isFalse();
    }
}
