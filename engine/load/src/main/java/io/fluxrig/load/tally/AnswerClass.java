package io.fluxrig.load.tally;

import java.util.Locale;
import java.util.Set;

/** What an answer says. Latencies are kept for each class apart: a timeout may have waited for a deadline. */
public enum AnswerClass {
    /** Response code 00, 08, 10 or 11, or one of three digits from 000 to 099: those that a switch counts as approvals too. */
    APPROVED,
    /** Any other response code: somebody decided against it. */
    DECLINED,
    /**
     * A response code that says no issuer answered: by the deadline, or at once because the switch had none to ask (its link
     * down, its breaker open). One class for both, since the answer does not tell them apart; the time it took does, see
     * {@link #AT_ONCE_NS}.
     */
    TIMEOUT;

    /** A {@link #TIMEOUT} told sooner than this is a refusal: no switch gives an issuer so little time. */
    public static final long AT_ONCE_NS = 100_000_000L;

    /** What {@link #TIMEOUT} means, for everything that shows the count. */
    public static final String TIMEOUT_MEANS = "no issuer answered by the deadline, or none could be asked";

    /** Codes that mean a timeout unless the user says otherwise: 91 and 911, issuer inoperative; 68, late response. */
    public static final Set<String> TIMEOUT_CODES = Set.of("91", "911", "68");

    private static final Set<String> APPROVALS = Set.of("00", "08", "10", "11");

    public static AnswerClass of(String responseCode, Set<String> timeoutCodes) {
        if (APPROVALS.contains(responseCode) || responseCode.matches("0[0-9]{2}")) {
            return APPROVED;
        }
        return timeoutCodes.contains(responseCode) ? TIMEOUT : DECLINED;
    }

    /** Lower case, for logs and reports. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
