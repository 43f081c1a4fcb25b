package io.fluxrig.engine.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.fluxrig.engine.passport.Passport;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PassportWatchTest {
    private static final long DAY_MS = 86_400_000;
    private static final long ISSUED_MS = 1_000 * DAY_MS;

    private long nowMs = ISSUED_MS;
    private final PassportWatch watch = new PassportWatch(() -> Instant.ofEpochMilli(nowMs));

    private static Passport passport(long issuedMs, long lifeMs) {
        return new Passport(1, 7, "east", new byte[32], new byte[32], true, issuedMs, issuedMs + lifeMs);
    }

    /** How long before the end of its life it is warned, hour by hour. */
    private List<Long> hoursLeft(Passport passport, long untilMs) {
        List<Long> told = new ArrayList<>();
        for (; nowMs < untilMs; nowMs += 3_600_000) {
            if (watch.turn(passport)) {
                told.add((passport.expiresMs() - nowMs) / 3_600_000);
            }
            assertThat(watch.turn(passport)).as("told again at once").isFalse();
        }
        return told;
    }

    @Test
    void shouldWarnMonthWeekAndDayBeforeAtTheEndAndEachDayFromThenOn() {
        Passport year = passport(ISSUED_MS, 365 * DAY_MS);

        assertThat(hoursLeft(year, year.expiresMs() + 2 * DAY_MS + 1))
                .containsExactly(30L * 24, 7L * 24, 24L, 0L, -24L, -48L);
    }

    @Test
    void shouldWarnOfAShortLifeInProportion() {
        Passport days = passport(ISSUED_MS, 4 * DAY_MS);

        assertThat(hoursLeft(days, days.expiresMs() + 1)).containsExactly(24L, 12L, 6L, 0L);
    }

    @Test
    void shouldSayNothingOfOneThatIsRenewedInTime() {
        List<Long> told = new ArrayList<>();
        for (int renewals = 0; renewals < 5; renewals++) {
            Passport year = passport(nowMs, 365 * DAY_MS);
            told.addAll(hoursLeft(year, nowMs + 244 * DAY_MS));
            assertThat(watch.warning()).isEmpty();
        }
        assertThat(told).isEmpty();
    }

    @Test
    void shouldSayWhatExpiresWhenWhatThatMeansAndWhatToDo() {
        Passport year = passport(ISSUED_MS, 365 * DAY_MS);
        watch.turn(year);
        assertThat(watch.warning()).isEmpty();
        assertThat(watch.refusal()).isEmpty();
        assertThat(watch.leftSeconds()).isEqualTo(365 * 86_400.0);

        nowMs = year.expiresMs() - DAY_MS;
        assertThat(watch.warning())
                .isEqualTo(
                        "the passport expires at 1973-09-27T00:00:00Z and no mixer has renewed it: start the mixer, or look"
                                + " why it does not answer (snake.url, its log)");
        assertThat(watch.refusal()).isEmpty();

        nowMs = year.expiresMs() + 1_500;
        assertThat(watch.leftSeconds()).isEqualTo(-1.5);
        assertThat(watch.warning())
                .isEqualTo(watch.refusal())
                .isEqualTo("the passport expired at 1973-09-27T00:00:00Z by this machine's clock: what runs"
                        + " runs on, nothing starts anew until the mixer gives another; start the mixer, look at snake.url, or set"
                        + " this machine's clock");
    }

    @Test
    void shouldHaveNothingToSayWithoutAPassport() {
        watch.turn(null);

        assertThat(watch.leftSeconds()).isNaN();
        assertThat(watch.warning()).isEmpty();
        assertThat(watch.refusal()).isEmpty();
    }
}
