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
        return heard(run, writtenMs, writtenMs);
    }

    private Runs.Heard heard(long run, long placeMs, long writtenMs) {
        assertThat(runs.refusal("east", run, placeMs, writtenMs)).isNull();
        return runs.heard("east", run, writtenMs);
    }

    /** As hellos ask, every 2 s; whether it is refused at the end. */
    private boolean askFor(long ms, long run) {
        boolean refused = true;
        for (long left = ms; left > 0; left -= 2_000) {
            nowMs += 2_000;
            refused = runs.isRefused("east", run);
        }
        return refused;
    }

    private boolean isRefused(long run) {
        return runs.isRefused("east", run);
    }

    private void assertFine(long run) {
        assertThat(heard(run)).isEqualTo(new Runs.Heard(false, 0));
    }

    /** The first heartbeat may be an old one. */
    private void assertThere(long run) {
        assertFine(run);
        assertFine(run);
    }

    @Test
    void shouldTakeARackThatWasStartedAgainAtOnce() {
        assertThere(FIRST);
        assertThere(SECOND);
        assertThere(THIRD);
        assertThat(isRefused(THIRD)).isFalse();
        assertThat(runs.isCopied("east")).isFalse();
    }

    @Test
    void shouldRefuseTheLaterOfTwoAtOnce() {
        assertThere(FIRST);
        assertThere(SECOND);

        assertThat(heard(FIRST)).isEqualTo(new Runs.Heard(false, SECOND));
        assertThat(heard(SECOND)).isEqualTo(new Runs.Heard(true, 0));
        assertFine(FIRST);
        assertThat(isRefused(SECOND)).isTrue();
        assertThat(runs.isCopied("east")).isTrue();
        assertThat(runs.isCopied("west")).isFalse();
    }

    @Test
    void shouldRefuseTheLaterAlsoWhereItWasHeardFirst() {
        assertThere(SECOND);
        assertThere(FIRST);

        assertThat(heard(SECOND)).isEqualTo(new Runs.Heard(true, SECOND));
        assertFine(FIRST);
    }

    /** Whoever had a rack's key stopped the rack: he said that he had begun before it. */
    @Test
    void shouldRefuseTheOneThatCameLaterWhateverItSaysOfWhenItBegan() {
        hear(SECOND, 3 * AWAY_MS);

        assertThere(FIRST);
        assertThat(heard(SECOND)).isEqualTo(new Runs.Heard(false, FIRST));

        assertThat(heard(FIRST).refused()).isTrue();
        hear(SECOND, AWAY_MS);
    }

    /** It was forgotten for them, and as new as they are when it was heard of again. */
    @Test
    void shouldNotForgetTheOneThatIsThereForSomeThatSomebodyMakesUp() {
        hear(SECOND, 3 * AWAY_MS);
        for (long run = 1; run <= 2 * Runs.RUNS_MAX; run++) {
            heard(run, nowMs);
        }

        assertThere(FIRST);
        assertThat(heard(SECOND)).isEqualTo(new Runs.Heard(false, FIRST));
    }

    /** A second apart. */
    private void hear(long run, long forMs) {
        for (long ms = 0; ms < forMs; ms += 1_000) {
            assertFine(run);
        }
    }

    @Test
    void shouldRefuseEachOfSeveralCopies() {
        assertThere(FIRST);
        assertThere(SECOND);
        heard(FIRST);
        assertThere(THIRD);

        assertThat(heard(FIRST)).isEqualTo(new Runs.Heard(false, THIRD));
        assertThat(heard(SECOND).refused()).isTrue();
        assertThat(heard(THIRD).refused()).isTrue();
    }

    @Test
    void shouldTakeTheLaterOneOnceTheOtherHasEnded() {
        assertThere(FIRST);
        assertThere(SECOND);
        heard(FIRST);

        assertThat(askFor(AWAY_MS - 4_000, SECOND)).isTrue();
        assertThat(askFor(4_000, SECOND)).isFalse();
        assertFine(SECOND);
        assertThat(runs.isCopied("east")).isFalse();
    }

    @Test
    void shouldNotHoldUpTheRackThatIsStartedAgainBesideACopy() {
        assertThere(FIRST);
        assertThere(SECOND);
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
        assertThere(FIRST);
        assertThere(SECOND);
        heard(FIRST);

        runs.forget("east");

        assertThat(isRefused(SECOND)).isFalse();
    }

    @Test
    void shouldNoticeACopyWhoseClockIsBehindOrAhead() {
        for (long aheadMs : new long[] {-200_000, 200_000}) {
            runs.forget("east");
            assertThere(FIRST);
            for (int i = 0; i < 2; i++) {
                nowMs += 1_000;
                assertThat(heard(SECOND, nowMs + aheadMs)).isEqualTo(new Runs.Heard(false, 0));
            }
            assertThat(heard(FIRST)).isEqualTo(new Runs.Heard(false, SECOND));
        }
    }

    /** As over another way through a cluster: it was sent before the rack was killed and started again. */
    @Test
    void shouldTakeAHeartbeatForAnOldOneThatComesLate() {
        assertThere(FIRST);
        nowMs += 1_000;
        long writtenMs = nowMs;
        assertThere(SECOND);
        nowMs += 1_000;

        assertThat(heard(FIRST, writtenMs)).isEqualTo(new Runs.Heard(false, 0));
        assertFine(SECOND);
        assertThat(isRefused(SECOND)).isFalse();
    }

    /** To a mixer that has just begun to lead, which heard nothing of the run before. */
    @Test
    void shouldTakeALateHeartbeatOfARunThatItNeverHeardOfForAnOldOne() {
        long writtenMs = nowMs;
        assertThere(SECOND);
        assertThat(heard(FIRST, writtenMs)).isEqualTo(new Runs.Heard(false, 0));

        assertThere(SECOND);
        assertThat(isRefused(SECOND)).isFalse();
    }

    @Test
    void shouldTakeLateHeartbeatsThatComeTogetherForOldOnes() {
        long writtenMs = nowMs;
        assertThere(SECOND);
        for (int i = 0; i < 5; i++) {
            assertThat(heard(FIRST, writtenMs + i * 1_000L)).isEqualTo(new Runs.Heard(false, 0));
        }
        nowMs += 5;
        // as it ended, a moment after the one before
        assertThat(heard(FIRST, writtenMs + 4_003)).isEqualTo(new Runs.Heard(false, 0));

        assertThere(SECOND);
    }

    @Test
    void shouldNoticeACopyAtOnceAgainSomeTimeAfterAClockWasSetBack() {
        assertThere(FIRST);
        for (long ms = 0; ms < 2 * Lag.WINDOW_MS; ms += 1_000) {
            nowMs += 1_000;
            assertThat(heard(FIRST, nowMs, nowMs - 200_000).noticed()).isZero();
        }
        assertThere(SECOND);

        nowMs += 1_000;
        assertThat(heard(FIRST, nowMs, nowMs - 200_000).noticed()).isEqualTo(SECOND);
    }

    /** As machines do soon after their start. */
    @Test
    void shouldTakeARackThatWasStartedAgainAtOnceThoughItsClockIsSetBackJustThen() {
        assertThere(FIRST);
        assertFine(SECOND);
        for (int i = 0; i < 5; i++) {
            nowMs += 1_000;
            assertThat(heard(SECOND, nowMs, nowMs - 100_000)).isEqualTo(new Runs.Heard(false, 0));
        }
    }

    @Test
    void shouldNotBelieveAnOldHelloThatSaysThatARunIsRefused() {
        long placeMs = nowMs;
        assertThere(FIRST);

        assertThat(runs.isRefusedAsItSays("east", FIRST, placeMs)).isFalse();
        assertFine(FIRST);
    }

    /** To a mixer that has just begun to lead: what is refused sends no heartbeats. */
    @Test
    void shouldBelieveAHeartbeatMoreThanTheHelloBeforeItThatSaysThatItsRunIsRefused() {
        long placeMs = nowMs;
        assertThat(runs.isRefusedAsItSays("east", FIRST, placeMs)).isTrue();
        assertThat(heard(FIRST, placeMs - 1_000).refused())
                .as("of before it was refused")
                .isTrue();

        assertThere(FIRST);
        assertThat(isRefused(FIRST)).isFalse();
        assertThat(runs.isCopied("east")).isFalse();
    }

    @Test
    void shouldNotTakeAnOutageForTheEndOfTheOther() {
        assertThere(FIRST);
        assertThere(SECOND);
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
        assertThat(runs.isRefusedAsItSays("east", SECOND, nowMs)).isTrue();
        assertThat(runs.isCopied("east")).isTrue();
        assertFine(FIRST);
        assertThat(askFor(AWAY_MS - 4_000, SECOND)).isTrue();

        assertThat(askFor(4_000, SECOND)).isFalse();
        assertThat(runs.isRefusedAsItSays("east", SECOND, nowMs))
                .as("it has not heard yet that it may run")
                .isFalse();
        assertFine(SECOND);
    }

    @Test
    void shouldNoticeTheOneThatWasAwayForLongerThanItMay() {
        assertThere(FIRST);
        assertThere(SECOND);
        heard(FIRST);
        assertThat(askFor(AWAY_MS, SECOND)).isFalse();
        assertFine(SECOND);

        assertThat(heard(FIRST)).isEqualTo(new Runs.Heard(false, SECOND));
    }

    @Test
    void shouldRememberSoManyRunsOfARackAndNoMore() {
        assertThere(FIRST);
        for (long run = 1_000; run < 1_000 + Runs.RUNS_MAX; run++) {
            assertThere(run);
        }

        assertThere(FIRST); // it is known no more
    }

    @Test
    void shouldAskSeveralTimesAlsoWhereARackMayBeAwayForAMomentOnly() {
        Runs hasty = new Runs(1_000, () -> Instant.ofEpochMilli(nowMs), () -> nowMs * 1_000_000);
        assertThat(hasty.isRefusedAsItSays("east", SECOND, nowMs)).isTrue();
        nowMs += 3_600_000;
        assertThat(hasty.isRefusedAsItSays("east", SECOND, nowMs)).isTrue();
        assertThat(hasty.isRefusedAsItSays("east", SECOND, nowMs)).isFalse();
    }
}
