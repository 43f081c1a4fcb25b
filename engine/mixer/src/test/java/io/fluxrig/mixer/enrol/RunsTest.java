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
    private final Runs runs = new Runs(AWAY_MS, () -> Instant.ofEpochMilli(nowMs), () -> nowMs * 1_000_000);

    private Runs.Heard heard(long run) {
        nowMs += 1_000;
        return heard(run, nowMs);
    }

    private Runs.Heard heard(long run, long writtenMs) {
        assertThat(runs.refusal("east", run, writtenMs, writtenMs)).isNull();
        return runs.heard("east", run, writtenMs);
    }

    /** As hellos ask, every 2 s; whether it is refused at the end. */
    private boolean askFor(long ms, long run) {
        boolean refused = true;
        for (long left = ms; left > 0; left -= 2_000) {
            nowMs += 2_000;
            refused = runs.isRefused("east", run, false);
        }
        return refused;
    }

    private boolean isRefused(long run) {
        return runs.isRefused("east", run, false);
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
        assertThat(isRefused(THIRD)).isFalse();
        assertThat(runs.isCopied("east")).isFalse();
    }

    @Test
    void shouldRefuseTheLaterOfTwoAtOnce() {
        assertFine(FIRST);
        assertFine(SECOND);

        assertThat(heard(FIRST)).isEqualTo(new Runs.Heard(false, SECOND));
        assertThat(heard(SECOND)).isEqualTo(new Runs.Heard(true, 0));
        assertFine(FIRST);
        assertThat(isRefused(SECOND)).isTrue();
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

        assertThat(askFor(AWAY_MS - 4_000, SECOND)).isTrue();
        assertThat(askFor(4_000, SECOND)).isFalse();
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
        assertThat(isRefused(THIRD)).isFalse();
    }

    @Test
    void shouldSayNothingOfRacksThatDoNotSay() {
        assertFine(0);
        assertFine(FIRST);
        assertFine(0);
        assertFine(FIRST);
        assertThat(isRefused(0)).isFalse();
    }

    @Test
    void shouldForgetARackThatWasRemoved() {
        assertFine(FIRST);
        assertFine(SECOND);
        heard(FIRST);

        runs.forget("east");

        assertThat(isRefused(SECOND)).isFalse();
    }

    @Test
    void shouldNoticeACopyWhoseClockIsBehindOrAhead() {
        for (long aheadMs : new long[] {-200_000, 200_000}) {
            runs.forget("east");
            assertFine(FIRST);
            assertThat(heard(SECOND, nowMs + aheadMs)).isEqualTo(new Runs.Heard(false, 0));
            assertThat(heard(FIRST)).isEqualTo(new Runs.Heard(false, SECOND));
        }
    }

    /** As over another way through a cluster: it was sent before the rack was killed and started again. */
    @Test
    void shouldTakeAHeartbeatForAnOldOneThatComesLate() {
        assertFine(FIRST);
        nowMs += 1_000;
        long writtenMs = nowMs;
        assertFine(SECOND);
        nowMs += 1_000;

        assertThat(heard(FIRST, writtenMs)).isEqualTo(new Runs.Heard(false, 0));
        assertFine(SECOND);
        assertThat(isRefused(SECOND)).isFalse();
    }

    @Test
    void shouldNotTakeAnOutageForTheEndOfTheOther() {
        assertFine(FIRST);
        assertFine(SECOND);
        heard(FIRST);
        assertThat(askFor(4_000, SECOND)).isTrue();

        nowMs += 3_600_000;

        assertThat(isRefused(SECOND)).as("nothing was heard meanwhile").isTrue();
        assertFine(FIRST);
        assertThat(askFor(AWAY_MS - 4_000, SECOND)).isTrue();
        assertFine(FIRST);
        assertThat(askFor(AWAY_MS - 4_000, SECOND)).isTrue();
    }

    @Test
    void shouldHaveACopyThatAnotherMixerRefusedWaitUntilItIsKnownThatItIsTheOnlyOne() {
        assertThat(runs.isRefused("east", SECOND, true)).isTrue();
        assertThat(runs.isCopied("east")).isTrue();
        assertFine(FIRST);
        assertThat(askFor(AWAY_MS - 4_000, SECOND)).isTrue();

        assertThat(askFor(4_000, SECOND)).isFalse();
        assertThat(runs.isRefused("east", SECOND, true))
                .as("it has not heard yet that it may run")
                .isFalse();
        assertFine(SECOND);
    }

    @Test
    void shouldNoticeTheOneThatWasAwayForLongerThanItMay() {
        assertFine(FIRST);
        assertFine(SECOND);
        heard(FIRST);
        assertThat(askFor(AWAY_MS, SECOND)).isFalse();
        assertFine(SECOND);

        assertThat(heard(FIRST)).isEqualTo(new Runs.Heard(false, SECOND));
    }

    @Test
    void shouldRememberSoManyRunsOfARackAndNoMore() {
        assertFine(FIRST);
        for (long run = 1_000; run < 1_000 + Runs.RUNS_MAX; run++) {
            assertFine(run);
        }

        assertThat(heard(FIRST).noticed()).as("it is known no more").isZero();
    }

    @Test
    void shouldAskSeveralTimesAlsoWhereARackMayBeAwayForAMomentOnly() {
        Runs hasty = new Runs(1_000, () -> Instant.ofEpochMilli(nowMs), () -> nowMs * 1_000_000);
        assertThat(hasty.isRefused("east", SECOND, true)).isTrue();
        nowMs += 3_600_000;
        assertThat(hasty.isRefused("east", SECOND, true)).isTrue();
        assertThat(hasty.isRefused("east", SECOND, true)).isFalse();
    }
}
