package io.fluxrig.engine.gear;

/**
 * Deadlines on the strip's timer wheel; resolution is the strip's tick. Strip thread only.
 *
 * <p>A gear registers one {@link Handler} at start and schedules numbers, so that a deadline allocates nothing.
 */
public interface Timers {
    /** Returned instead of a timer id when the wheel holds its maximum. */
    long FULL = -1;

    /** Makes a handler known; done once, in the gear's constructor or start. */
    Source source(Handler handler);

    /** Called on the strip's thread when a deadline has passed. */
    @FunctionalInterface
    interface Handler {
        void onDeadline(long nowNs, long payload);
    }

    /** Schedules and cancels the deadlines of one handler. */
    interface Source {
        /** A timer id, or {@link #FULL}. {@code deadlineNs} is on {@code clock().nanoTime()}'s scale. */
        long schedule(long deadlineNs, long payload);

        /** False if it has fired or was cancelled before. */
        boolean cancel(long timerId);
    }
}
