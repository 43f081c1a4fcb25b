package io.fluxrig.engine.rack.trial;

import java.util.Locale;

/**
 * So many of so many that failed: what a change is judged by, whatever is counted. Immutable.
 *
 * @param of failed ones and others
 */
record Share(long failed, long of) {
    /** Fewer that fail prove nothing, and of fewer nobody can tell what was before. */
    static final int MESSAGES_MIN = 10;

    private static final double MOST = 0.5;
    private static final int PERCENT = 100;

    /** 0 to 1; 0 of nothing. */
    double part() {
        return of == 0 ? 0 : (double) failed / of;
    }

    /** Whether there were enough to tell anything by. */
    boolean isKnown() {
        return of >= MESSAGES_MIN;
    }

    /** Whether most fail, and enough of them to tell. */
    boolean isMost() {
        return failed >= MESSAGES_MIN && part() > MOST;
    }

    /** Whether most fail, and more than twice the part that did before. */
    boolean isWorseThan(Share before) {
        return isMost() && before.part() * 2 < part();
    }

    /** The part that failed, rounded down. */
    String percent() {
        return percent(part());
    }

    /** The part that did not, rounded down. */
    String percentWell() {
        return percent(1 - part());
    }

    private static String percent(double part) {
        return String.format(Locale.ROOT, "%.0f %%", Math.floor(part * PERCENT));
    }
}
