package io.fluxrig.engine.agent;

import io.fluxrig.engine.passport.Passport;
import io.fluxrig.engine.rack.api.RackPassport;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells people in time that a rack's passport ends and no mixer has renewed it, which begins when a third of its life is left: 30 days, 7
 * and 1 before, or a fourth, an eighth and a sixteenth of its life where those are less, at its end, and each day from then on.
 *
 * <p>Threading: {@link #turn} on the agent's thread, the rest on any.
 */
final class PassportWatch implements RackPassport {
    private static final Logger LOG = LoggerFactory.getLogger(PassportWatch.class);
    private static final long DAY_MS = TimeUnit.DAYS.toMillis(1);
    private static final long[] MARKS_MS = {30 * DAY_MS, 7 * DAY_MS, DAY_MS};
    private static final int[] PARTS = {4, 8, 16};
    private static final double MS_PER_SECOND = 1_000;

    private final InstantSource clock;
    /** Null for none. */
    private volatile Passport passport;
    /** How many marks its time has passed that were told; one more for its end. */
    private int told;

    private long toldMs;

    PassportWatch(InstantSource clock) {
        this.clock = clock;
    }

    /**
     * Looks at the clock.
     *
     * @param held now, null for none
     * @return whether the log was told
     */
    boolean turn(Passport held) {
        if (!Objects.equals(passport, held)) {
            passport = held;
            told = 0;
        }
        if (held == null) {
            return false;
        }
        long now = clock.millis();
        int passed = passed(held, now);
        boolean again = passed > MARKS_MS.length && now - toldMs >= DAY_MS;
        boolean due = passed > told || again;
        if (due) {
            toldMs = now;
            LOG.warn("{}", warning());
        }
        told = passed; // a clock that was ahead and is not any more has all of it before it again
        return due;
    }

    @Override
    public double leftSeconds() {
        Passport held = passport;
        return held == null ? Double.NaN : (held.expiresMs() - clock.millis()) / MS_PER_SECOND;
    }

    @Override
    public String warning() {
        Passport held = passport;
        long now = clock.millis();
        if (held == null || passed(held, now) == 0) {
            return "";
        }
        return now < held.expiresMs()
                ? "the passport expires at " + Instant.ofEpochMilli(held.expiresMs())
                        + " and no mixer has renewed it: start the mixer, or look why it does not answer (snake.url, its log)"
                : expired(held);
    }

    /** That it is over, and what that means. */
    private static String expired(Passport held) {
        return "the passport expired at " + Instant.ofEpochMilli(held.expiresMs())
                + " by this machine's clock: what runs runs on, nothing starts anew"
                + " until the mixer gives another; start the mixer, look at snake.url, or set this machine's clock";
    }

    /** Why nothing starts; empty if it may. */
    String refusal() {
        Passport held = passport;
        return held == null || clock.millis() < held.expiresMs() ? "" : expired(held);
    }

    private static int passed(Passport held, long nowMs) {
        long leftMs = held.expiresMs() - nowMs;
        long lifeMs = held.expiresMs() - held.issuedMs();
        int passed = leftMs <= 0 ? 1 : 0;
        for (int i = 0; i < MARKS_MS.length; i++) {
            passed += leftMs <= Math.min(MARKS_MS[i], lifeMs / PARTS[i]) ? 1 : 0;
        }
        return passed;
    }
}
