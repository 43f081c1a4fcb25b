package io.fluxrig.perf.timer;

/** What a {@link TimerWheel} calls for each deadline that has passed. */
@FunctionalInterface
public interface Expiry {

    /**
     * One timer has fired and is no longer pending. May schedule and cancel on the same wheel; must not poll it.
     *
     * @param nowNs the time given to {@link TimerWheel#poll}
     * @param payload what the timer was scheduled with
     * @param timerId the timer's id, now stale
     */
    void onExpiry(long nowNs, long payload, long timerId);
}
