package io.fluxrig.engine.gears.io;

/**
 * When a link that cannot be had is worth a line: at its first failure, then once a minute with the number of attempts, and
 * when it is back. Strip thread only; allocates nothing but texts.
 */
final class Outages {
    static final long REMIND_NS = 60_000_000_000L;

    private static final long NS_PER_S = 1_000_000_000L;

    private final long[] attempts;
    private final long[] sinceNs;
    private final long[] toldNs;

    Outages(int links) {
        attempts = new long[links];
        sinceNs = new long[links];
        toldNs = new long[links];
    }

    /** Counts a failed attempt in; whether to tell of it. */
    boolean failed(int link, long nowNs) {
        boolean first = attempts[link]++ == 0;
        if (first) {
            sinceNs[link] = nowNs;
        }
        if (first || nowNs - toldNs[link] >= REMIND_NS) {
            toldNs[link] = nowNs;
            return true;
        }
        return false;
    }

    /** {@code " (attempt 31 in 60s)"}, nothing at the first. */
    String soFar(int link, long nowNs) {
        return attempts[link] <= 1 ? "" : " (attempt " + attempts[link] + " in " + seconds(link, nowNs) + "s)";
    }

    /** The link is up: {@code " again, after 31 failed attempts in 60s"}, nothing if none had failed. */
    String over(int link, long nowNs) {
        String told = attempts[link] == 0
                ? ""
                : " again, after " + attempts[link] + (attempts[link] == 1 ? " failed attempt" : " failed attempts")
                        + " in " + seconds(link, nowNs) + "s";
        attempts[link] = 0;
        return told;
    }

    private long seconds(int link, long nowNs) {
        return (nowNs - sinceNs[link]) / NS_PER_S;
    }
}
